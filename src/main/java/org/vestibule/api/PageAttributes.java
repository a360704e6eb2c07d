package org.vestibule.api;

/**
 * The names of the request attributes that a page of the application finds when it is shown in
 * place of a built-in one ({@code oauth.error-page} and its like). Texts are not escaped yet. No
 * attribute has anything secret but {@link #CSRF_TOKEN}, which belongs to the user who sees the
 * page.
 */
public final class PageAttributes {

  /** String: which page it is, such as {@code denied} or {@code logout}. Always there. */
  public static final String NAME = "org.vestibule.page.name";

  /** Integer: the status of the answer. Always there. */
  public static final String STATUS = "org.vestibule.page.status";

  /** String: the heading, in the user's language. Always there. */
  public static final String TITLE = "org.vestibule.page.title";

  /** String: what happened and what can be done, in the user's language. Always there. */
  public static final String TEXT = "org.vestibule.page.text";

  /** String: the language of the texts, a BCP 47 tag. Always there. */
  public static final String LANGUAGE = "org.vestibule.page.language";

  /** String: {@code ltr} or {@code rtl}. Always there. */
  public static final String DIRECTION = "org.vestibule.page.direction";

  /** String: the number of the message in the log, {@code VESTnnnn}. For failures. */
  public static final String MESSAGE = "org.vestibule.page.message";

  /** String: the reference under which the log has the cause. For failures. */
  public static final String CORRELATION_ID = "org.vestibule.page.correlation_id";

  /** String: the path where the user can try again, or go on. */
  public static final String RETRY_URL = "org.vestibule.page.retry_url";

  /** String: the path that a form that signs out is sent to by POST. For the sign-out page. */
  public static final String LOGOUT_URL = "org.vestibule.page.logout_url";

  /** String: the value of that form's field {@code csrf_token}. For the sign-out page. */
  public static final String CSRF_TOKEN = "org.vestibule.page.csrf_token";

  /**
   * {@code List<Map<String, String>>}: the providers, each with {@code id}, {@code name}, {@code
   * login_url} and {@code logo}, a {@code data:} URL for a picture, or empty. For the page on which
   * one is chosen.
   */
  public static final String PROVIDERS = "org.vestibule.page.providers";

  /**
   * String: the path that a form with the field {@code email} is sent to by POST. For the page that
   * asks for an e-mail address.
   */
  public static final String LOGIN_URL = "org.vestibule.page.login_url";

  private PageAttributes() {}
}
