<%@ page contentType="text/html; charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%
  response.setHeader(
      "Content-Security-Policy",
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none';"
          + " form-action 'self' http://localhost:* http://127.0.0.1:*");
  // Liberty comes back with ?error=error when user name and password do not match.
  boolean wrong = request.getParameter("error") != null;
  // What to go on with, as Liberty left it. Another tab can overwrite it, hence the form keeps it.
  String goOn = "";
  if (request.getCookies() != null) {
    for (Cookie cookie : request.getCookies()) {
      if (cookie.getName().equals("WASReqURL")) {
        goOn = cookie.getValue();
      }
    }
  }
  goOn = goOn.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
%>
<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title><%= wrong ? "Try again" : "Sign in" %> &ndash; Demo authorization server</title>
  <link rel="icon" href="/demo-as/key.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/demo-as/style.css">
</head>
<body>
  <header><img src="/demo-as/key.svg" alt="" width="28" height="28"><p>Demo authorization server</p></header>
  <main>
    <h1>Sign in</h1>
    <p>An application asks who you are. You give your password to this server only, never to the
      application.</p>
<% if (wrong) { %>
    <p id="wrong" class="alert" role="alert">That user name and password do not belong together. Please
      try again.</p>
<% } %>
    <form action="/demo-as/sign-in.jsp" method="post">
      <input type="hidden" name="goOn" value="<%= goOn %>">
      <label for="user">User name</label>
      <input id="user" name="j_username" type="text" autocomplete="username" autocapitalize="none"
             spellcheck="false" required autofocus
             <% if (wrong) { %>aria-invalid="true" aria-describedby="wrong"<% } %>>
      <label for="password">Password</label>
      <input id="password" name="j_password" type="password" autocomplete="current-password" required
             <% if (wrong) { %>aria-invalid="true" aria-describedby="wrong"<% } %>>
      <button type="submit">Sign in</button>
    </form>
    <p class="hint">Demo users: <code>alice</code> / <code>alice</code> and
      <code>bob</code> / <code>bob</code></p>
  </main>
</body>
</html>
