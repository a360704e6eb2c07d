import { ask, onReturn, session, SessionEnded } from "./session.js";

const at = (id) => document.getElementById(id);

let csrfToken = "";
let tokenExpiresAt;

async function show() {
  try {
    const current = await session();
    if (!current.authenticated) {
      throw new SessionEnded();
    }
    fill(current);
  } catch (problem) {
    explain(problem);
  }
}

function fill(current) {
  csrfToken = current.csrf_token;
  at("ended").hidden = true;
  at("greeting").textContent = `Hello, ${current.name}`;
  at("name").textContent = current.name;
  at("provider").replaceChildren(...provider(current));
  words(at("roles"), current.roles, "none");
  words(at("scope"), current.scope, "not told");
  at("session-ends").replaceChildren(
    current.session_expires_at
      ? moment(new Date(current.session_expires_at))
      : "when you sign out or stay away too long",
  );
  expiresAt(current.access_token_expires_at);
  at("claim-rows").replaceChildren(...Object.entries(current.claims ?? {}).map(claimRow));
  const signOut = at("sign-out");
  signOut.action = current.logout_url ?? signOut.action;
  signOut.elements.csrf_token.value = csrfToken;
  signOut.hidden = false;
  at("account").hidden = false;
}

function explain(problem) {
  const notice = at("ended");
  notice.textContent = problem.message;
  if (problem instanceof SessionEnded) {
    at("account").hidden = true;
    at("sign-out").hidden = true;
    at("greeting").textContent = "Your account";
    // This page is protected: loading it again starts a login that comes back here.
    const again = element("a", "Sign in again");
    again.href = location.pathname;
    notice.append(" ", again);
  }
  notice.hidden = false;
}

/** What the settings call it and, if it has one, its issuer identifier. */
function provider({ provider: id, claims }) {
  if (typeof claims?.iss !== "string") {
    return [id];
  }
  const issuer = element("div");
  issuer.className = "aside";
  issuer.append(...breakable(claims.iss, /(?<=\/)/));
  return [id, issuer];
}

function words(list, items, none) {
  list.replaceChildren(...(items?.length ? items.map((item) => element("li", item)) : [none]));
}

// Seconds since 1970 are what the specifications write and what nobody can read.
const TIMES = new Set(["auth_time", "exp", "iat", "nbf", "updated_at"]);

function claimRow([name, value]) {
  const heading = element("th");
  heading.scope = "row";
  heading.append(...breakable(name, /(?<=_)/));
  const cell = element("td", readable(value));
  if (TIMES.has(name) && Number.isFinite(value)) {
    const time = moment(new Date(value * 1000));
    time.className = "aside";
    cell.append(" ", time);
  }
  const row = element("tr");
  row.append(heading, cell);
  return row;
}

/** The text, which may go on in a new line at these places. */
function breakable(text, places) {
  return text.split(places).flatMap((part) => [part, element("wbr")]);
}

function readable(value) {
  if (Array.isArray(value)) {
    return value.map(readable).join(", ");
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function expiresAt(instant) {
  tokenExpiresAt = instant ? new Date(instant) : undefined;
  at("token-expires").replaceChildren(...(tokenExpiresAt ? ["at ", moment(tokenExpiresAt)] : []));
  tick();
}

function tick() {
  at("countdown").textContent = remaining();
}

function remaining() {
  if (!tokenExpiresAt) {
    return "the provider did not say";
  }
  const seconds = Math.ceil((tokenExpiresAt - Date.now()) / 1000);
  if (seconds <= 0) {
    return "now: it has expired";
  }
  const parts = [
    [Math.floor(seconds / 3600), "h"],
    [Math.floor((seconds % 3600) / 60), "min"],
    [seconds % 60, "s"],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  return `in ${parts
    .slice(first)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ")}`;
}

const FORMAT = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

function moment(date) {
  const time = element("time", FORMAT.format(date));
  time.dateTime = date.toISOString();
  return time;
}

function element(name, text = "") {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

// Says in `outcome` how it went. A second press while the first is under way does nothing; the
// button stays enabled for the focus to stay on it.
function onPress(button, outcome, action) {
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-disabled") === "true") {
      return;
    }
    button.setAttribute("aria-disabled", "true");
    outcome.textContent = "One moment …";
    try {
      outcome.textContent = await action();
    } catch (problem) {
      outcome.textContent = problem.message;
      // What failed may have ended the session as well.
      await show();
    } finally {
      button.removeAttribute("aria-disabled");
    }
  });
}

onPress(at("refresh"), at("refreshed"), async () => {
  const fresh = await ask("showcase/refresh", {
    method: "POST",
    headers: { "X-CSRF-Token": csrfToken },
  });
  expiresAt(fresh.access_token_expires_at);
  return "You have a new access token.";
});

onPress(at("call"), at("called"), async () => {
  const answer = at("answer");
  answer.hidden = true;
  const { status, url, body } = await ask("showcase/api");
  answer.textContent = typeof body === "string" ? body : JSON.stringify(body, null, 2);
  answer.hidden = false;
  return `${url} answered with status ${status}.`;
});

show();
setInterval(tick, 1000);
onReturn(show);
