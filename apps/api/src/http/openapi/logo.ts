/** The mark of the SPA's favicon. */
export const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="40" height="40" role="img">
<title>Sallyport</title>
<rect width="32" height="32" rx="8" fill="#0f6b5c"/>
<path d="M8 25V14.5a8 8 0 0 1 16 0V25h-4.5V15a3.5 3.5 0 0 0-7 0v10z" fill="#fff"/>
<circle cx="16" cy="20.5" r="1.75" fill="#fff"/>
</svg>`;
