/** What is used of `fs-native-extensions`, which has no types of its own. */
declare module 'fs-native-extensions' {
  /**
   * Takes the kernel's exclusive lock on an open, writable file: on Linux that of the open file description.
   *
   * @returns false where another file descriptor holds it, be it of this process
   */
  export function tryLock(fd: number): boolean;
}
