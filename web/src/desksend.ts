// Posts to the desk without leaving the page; the answer's text, or nothing when it was refused.

export function send(address: string, fields: Record<string, string> = {}): Promise<string> {
  const token = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]");
  const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: token?.value ?? "" });
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("X-Background", "1");
    request.onload = () => resolve(request.status === 200 ? request.responseText : "");
    request.onerror = () => resolve("");
    request.send(body);
  });
}
