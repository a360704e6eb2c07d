package org.vestibule.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.SplittableRandom;
import org.vestibule.protocol.Authentication;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.Tokens;

/**
 * Somebody whom a Keycloak of usual settings has signed in: the members and the order that it
 * writes, signatures of RS256 and HS512, a handful of roles.
 */
public final class LikeKeycloak {

  private static final String ISSUER = "https://login.corp.example/realms/employees";
  private static final String SUBJECT = "5ba8d1cb-7f50-4c3a-9c5e-2f6f5f4a2b0e";
  private static final String SESSION = "c9b1d2a0-4f83-4b0f-8c55-0f8b9c1b8b7d";

  private static final String PROFILE =
      """
      "email_verified":true,"name":"Jane Doe","preferred_username":"jane.doe",\
      "given_name":"Jane","family_name":"Doe","email":"jane.doe@corp.example\"""";

  private static final String ROLES =
      """
      "realm_access":{"roles":["offline_access","default-roles-employees",\
      "uma_authorization","staff"]},"resource_access":{"orders":{"roles":["orders-read",\
      "orders-write"]},"account":{"roles":["manage-account","manage-account-links",\
      "view-profile"]}}""";

  private static final String ACCESS_TOKEN =
      """
      {"exp":1767229500,"iat":1767229200,"auth_time":1767229199,\
      "jti":"onrtac:0b8e3f14-50a5-4f4d-8d6c-8c0c4e3f0f6e","iss":"%s","aud":["orders","account"],\
      "sub":"%s","typ":"Bearer","azp":"portal","sid":"%s","acr":"1",\
      "allowed-origins":["https://portal.corp.example"],%s,"scope":"openid profile email",%s}"""
          .formatted(ISSUER, SUBJECT, SESSION, ROLES, PROFILE);

  private static final String ID_TOKEN =
      """
      {"exp":1767229500,"iat":1767229200,"auth_time":1767229199,\
      "jti":"2b1de3a8-92c2-4f29-a4d9-98e1ad0dbb4e","iss":"%s","aud":"portal","sub":"%s",\
      "typ":"ID","azp":"portal","nonce":"n-0S6_WzA2Mj-n-0S6_WzA2Mjn-0S6_WzA2Mj-n-0S6",\
      "sid":"%s","at_hash":"77QmUPtjPfzWtF2AnpK9RQ","acr":"1",%s,%s}"""
          .formatted(ISSUER, SUBJECT, SESSION, ROLES, PROFILE);

  private static final String REFRESH_TOKEN =
      """
      {"exp":1767231000,"iat":1767229200,"jti":"a3c0dd2e-66ff-45e6-8a0d-33f7a10f9fd5",\
      "iss":"%s","aud":"%s","sub":"%s","typ":"Refresh","azp":"portal","sid":"%s",\
      "scope":"openid roles profile web-origins email acr basic"}"""
          .formatted(ISSUER, ISSUER, SUBJECT, SESSION);

  private LikeKeycloak() {}

  /** The same each time. */
  public static SignedIn signedIn() {
    SplittableRandom random = new SplittableRandom(6749);
    String rsa =
        "{\"alg\":\"RS256\",\"typ\" : \"JWT\",\"kid\" : \"%s\"}".formatted(text(random, 32));
    String hmac =
        "{\"alg\":\"HS512\",\"typ\" : \"JWT\",\"kid\" : \"6ca0f3cb-5c7c-4e6b-bd3d-f9d40be4a7d2\"}";
    return new SignedIn(
        new Identity(
            "corp",
            ISSUER,
            SUBJECT,
            "jane.doe",
            Set.of("staff", "orders-read", "orders-write"),
            ID_TOKEN),
        new Authentication(SESSION, "1", Instant.ofEpochSecond(1767229199)),
        new Tokens(
            token(random, rsa, ACCESS_TOKEN, 256),
            Instant.ofEpochSecond(1767229500),
            token(random, hmac, REFRESH_TOKEN, 64),
            token(random, rsa, ID_TOKEN, 256),
            Scope.parse("openid profile email")),
        Instant.ofEpochMilli(1767229200123L),
        Secret.of(text(random, 16)));
  }

  private static Secret token(SplittableRandom random, String header, String payload, int bytes) {
    return Secret.of(
        base64url(header.getBytes(UTF_8))
            + "."
            + base64url(payload.getBytes(UTF_8))
            + "."
            + text(random, bytes));
  }

  private static String text(SplittableRandom random, int bytes) {
    byte[] content = new byte[bytes];
    random.nextBytes(content);
    return base64url(content);
  }

  private static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
