<%@ page session="false" %>
<%--
  Hands the login form on to Liberty, which finds in two cookies where to go on and where to come back
  to. Both are set anew, so that each tab goes on with its own request.
--%>
<%!
  private static final String REQUEST = "/oidc/endpoint/demo/authorize\\?[!#-+\\--:<-\\[\\]-~]+";

  private static Cookie cookie(String name, String value) {
    Cookie cookie = new Cookie(name, value);
    cookie.setPath("/");
    cookie.setHttpOnly(true);
    return cookie;
  }
%>
<%
  String goOn = request.getParameter("goOn");
  boolean usable = goOn != null && goOn.matches(REQUEST);
  response.addCookie(cookie("WASReqURL", usable ? goOn : "/demo-as/"));
  response.addCookie(cookie("WASReLoginURL", "/demo-as/login.jsp"));
  response.setHeader("Location", "/oidc/j_security_check");
  response.setStatus(HttpServletResponse.SC_TEMPORARY_REDIRECT);
%>
