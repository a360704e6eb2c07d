import { onReturn, session, SessionEnded } from "./session.js";

const who = document.getElementById("who");
const enter = document.getElementById("enter");
const leave = document.getElementById("leave");

async function show() {
  let current;
  try {
    current = await session();
  } catch (problem) {
    if (!(problem instanceof SessionEnded)) {
      say(problem.message);
      return;
    }
    current = { authenticated: false };
  }
  say(current.authenticated ? `You are signed in as ${current.name}.` : "Nobody is signed in.");
  enter.textContent = current.authenticated ? "Your account" : "Sign in";
  leave.hidden = !current.authenticated;
}

// A live region speaks whenever its text is set, so set it only when it changes.
function say(text) {
  if (who.textContent !== text) {
    who.textContent = text;
  }
}

show();
onReturn(show);
