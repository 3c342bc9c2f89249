/** What Node has of it and its types lack. */
declare namespace WebAssembly {
  function compile(bytes: Uint8Array): Promise<Module>;
}
