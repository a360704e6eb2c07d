// What both pages ask the server. Nothing here, and nothing that the server answers, is a token.

// This file lies one folder below the context root, whatever that is called.
const root = new URL("../", import.meta.url);

/** Nobody is signed in, or nobody any more. */
export class SessionEnded extends Error {
  constructor() {
    super("Your session has ended.");
  }
}

/**
 * The JSON that a path below the context root answers.
 *
 * @param {string} path relative to the context root
 * @param {RequestInit} [options] of fetch
 * @throws {SessionEnded} the server wants a login first
 * @throws {Error} anything else went wrong; the message is a sentence to show
 */
export async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(new URL(path, root), {
      ...options,
      headers: { Accept: "application/json", ...options.headers },
      cache: "no-store",
      redirect: "error",
    });
  } catch {
    throw new Error("The server could not be reached. Is it running?");
  }
  if (response.status === 401) {
    throw new SessionEnded();
  }
  const body = await json(response);
  if (!response.ok || body === undefined) {
    throw new Error(
      body?.message ?? `The server answered with status ${response.status}; its log says why.`,
    );
  }
  return body;
}

async function json(response) {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

/** Who is signed in: `authenticated`, `name`, `claims`, `csrf_token` and the rest. */
export function session() {
  return ask("oauth/session");
}

// The browser may show a page from its memory after a sign-out, and another tab may sign out:
// ask again whenever somebody comes back to this one.
export function onReturn(action) {
  addEventListener("pageshow", (event) => event.persisted && action());
  document.addEventListener("visibilitychange", () => document.hidden || action());
}
