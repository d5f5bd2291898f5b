// What the cases need from the page that they run in: the address of the server, and a picture that lies beside the page.
export const isBrowser = true;

export const serverUrl = new URLSearchParams(location.search).get("server");

export const photoBytes = new Uint8Array(await (await fetch("photo.jpg")).arrayBuffer());
