const SCOPES = {
  openid: "know who you are at this server",
  profile: "see your profile, such as your name",
  email: "see your e-mail address",
  "greetings.read": "read greetings on your behalf",
};

/** Everything that Liberty knows about the request, or undefined if the page has none. */
function authorizationRequest(page) {
  const template = page.getElementById("authorization-request");
  const text = template?.content.querySelector("script:not([src])")?.textContent ?? "";
  const data = text.slice(text.indexOf("{"), text.lastIndexOf("};") + 1);
  return data === "" ? undefined : JSON.parse(data);
}

function fill(form, values) {
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      form.append(field);
    }
  }
}

/** The request once more, with the proof that this page was shown. */
function prepareAllow(form, request) {
  // The nonce of the ID token is among the extended properties and is lost if it is not sent again.
  const { username, prompt, ...extended } = request.extendedProperties;
  form.action = location.pathname;
  fill(form, {
    ...extended,
    consentNonce: request.consentNonce,
    client_id: request.client_id,
    response_type: request.response_type,
    redirect_uri: request.redirect_uri,
    scope: (request.scope ?? []).join(" "),
    resource: request.resource,
    state: request.state,
    prompt: "consent",
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    renewNonce(form, request);
  });
}

/**
 * Liberty remembers one consent nonce per browser, that of the page it showed last. Another tab may
 * have had one since, so the page is asked for once more before its form is sent.
 */
async function renewNonce(form, request) {
  // Asking again with prompt=login would sign the user out.
  if (!request.extendedProperties.prompt?.includes("login")) {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = authorizationRequest(page);
    if (now?.extendedProperties.username !== request.extendedProperties.username) {
      location.reload();
      return;
    }
    form.elements.consentNonce.value = now.consentNonce;
  }
  form.submit();
}

/** The error response of RFC 6749 section 4.1.2.1, which Liberty itself never sends for a refusal. */
function prepareRefuse(form, request) {
  const target = new URL(request.redirect_uri);
  const posted = request.extendedProperties.response_mode === "form_post";
  form.method = posted ? "post" : "get";
  form.action = posted ? target.href : target.origin + target.pathname;
  fill(form, {
    ...(posted ? {} : Object.fromEntries(target.searchParams)),
    error: "access_denied",
    error_description: "The user refused",
    state: request.state,
  });
}

function describe(scope) {
  const item = document.createElement("li");
  const code = document.createElement("code");
  code.textContent = scope;
  item.append(SCOPES[scope] ?? "use this scope", " ", code);
  return item;
}

function show(request) {
  document.getElementById("client").textContent = request.clientDisplayName ?? request.client_id;
  document.getElementById("user").textContent = request.extendedProperties.username;
  document.getElementById("target").textContent = new URL(request.redirect_uri).origin;
  const known = Object.keys(SCOPES).filter((scope) => request.scope?.includes(scope));
  const others = (request.scope ?? []).filter((scope) => !known.includes(scope));
  document.getElementById("scopes").append(...[...known, ...others].map(describe));
  prepareAllow(document.getElementById("allow"), request);
  prepareRefuse(document.getElementById("refuse"), request);
}

const request = authorizationRequest(document);
if (request !== undefined) {
  show(request);
}
document.getElementById("question").hidden = request === undefined;
document.getElementById("failed").hidden = request !== undefined;
