package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;
import org.vestibule.protocol.SignedIn;
import org.vestibule.session.Replacement;
import org.vestibule.session.UserSession;
import org.vestibule.testing.MovableClock;

class SessionsTest {

  private static final String JANE = "248289761001";
  private static final String JOHN = "248289761002";

  private final MovableClock clock = new MovableClock();
  private final Sessions sessions = sessions();

  private Sessions sessions(String... settings) {
    return Houses.with(clock, Houses.usualSettings(settings)).sessions();
  }

  private SignedIn jane() {
    return People.signedIn(JANE, clock.instant());
  }

  private SignedIn john() {
    return People.signedIn(JOHN, clock.instant());
  }

  private SignedIn unknown() {
    return People.signedIn(People.identity("", ""), clock.instant());
  }

  private static MockHttpServletRequest in(@Nullable MockHttpSession session) {
    MockHttpServletRequest request = Requests.get("/orders");
    if (session != null) {
      session.setNew(false);
      request.setSession(session);
      request.setRequestedSessionId(session.getId());
    }
    return request;
  }

  private static MockHttpSession sessionOf(MockHttpServletRequest request) {
    MockHttpSession session = (MockHttpSession) request.getSession(false);
    if (session == null) {
      throw new AssertionError("no session");
    }
    return session;
  }

  private MockHttpSession signIn(SignedIn signedIn) {
    MockHttpServletRequest request = in(null);
    sessions.establish(request, signedIn);
    return sessionOf(request);
  }

  @Test
  void a_stranger_has_no_session_and_gets_none() {
    MockHttpServletRequest request = in(null);

    assertThat(sessions.signedIn(request)).isNull();
    assertThat(request.getSession(false)).isNull();
  }

  @Test
  void a_session_of_the_application_alone_signs_nobody_in() {
    assertThat(sessions.signedIn(in(new MockHttpSession()))).isNull();
  }

  @Test
  void a_session_remembers_who_signed_in() {
    SignedIn jane = jane();

    assertThat(sessions.signedIn(in(signIn(jane)))).isEqualTo(jane);
  }

  /** As Payara has it, whatever the application's tracking modes are. */
  @Test
  void a_session_id_that_stands_in_the_address_signs_nobody_in() {
    MockHttpServletRequest request = in(signIn(jane()));
    request.setRequestedSessionIdFromURL(true);

    assertThat(sessions.signedIn(request)).isNull();
    assertThat(sessions.lastKnown(request)).isNull();
    assertThat(sessions.endIfOver(request)).isNull();
    assertThat(request.getSession(false)).as("the owner's session goes on").isNotNull();
  }

  @Test
  void an_attribute_of_another_kind_signs_nobody_in() {
    MockHttpSession session = new MockHttpSession();
    session.setAttribute(UserSession.ATTRIBUTE, jane());

    assertThat(sessions.signedIn(in(session))).isNull();
  }

  @Test
  void a_session_id_from_before_the_login_is_worth_nothing_after_it() {
    MockHttpSession planted = new MockHttpSession();
    String before = planted.getId();
    sessions.establish(in(planted), jane());

    assertThat(planted.getId()).isNotEqualTo(before);
    assertThat(sessions.signedIn(in(planted))).isNotNull();
  }

  @Test
  void a_session_id_that_a_server_takes_from_the_browser_is_changed_too() {
    MockHttpSession planted = new MockHttpSession();
    String before = planted.getId();
    MockHttpServletRequest request = in(planted);
    planted.setNew(true);
    sessions.establish(request, jane());

    assertThat(planted.getId()).isNotEqualTo(before);
  }

  @Test
  void what_the_application_kept_for_a_stranger_stays_theirs() {
    MockHttpSession session = new MockHttpSession();
    session.setAttribute("cart", "7 apples");
    MockHttpServletRequest request = in(session);
    sessions.establish(request, jane());

    assertThat(sessionOf(request).getAttribute("cart")).isEqualTo("7 apples");
  }

  @Test
  void whoever_signs_in_again_keeps_their_session_under_a_new_id() {
    MockHttpSession session = signIn(jane());
    session.setAttribute("cart", "7 apples");
    String before = session.getId();
    clock.advance(Duration.ofMinutes(1));
    SignedIn again = jane();
    MockHttpServletRequest request = in(session);
    sessions.establish(request, again);

    assertThat(sessionOf(request).getAttribute("cart")).isEqualTo("7 apples");
    assertThat(session.getId()).isNotEqualTo(before);
    assertThat(sessions.signedIn(request)).isEqualTo(again);
  }

  @Test
  void somebody_else_begins_with_a_session_of_their_own() {
    MockHttpSession janes = signIn(jane());
    janes.setAttribute("cart", "7 apples");
    MockHttpServletRequest request = in(janes);
    SignedIn john = john();
    sessions.establish(request, john);

    assertThat(janes.isInvalid()).isTrue();
    assertThat(sessionOf(request).getAttribute("cart")).isNull();
    assertThat(sessions.signedIn(request)).isEqualTo(john);
  }

  @Test
  void somebody_else_does_so_even_if_the_session_was_over() {
    MockHttpSession janes = signIn(jane());
    janes.setAttribute("cart", "7 apples");
    clock.advance(Duration.ofHours(13));
    MockHttpServletRequest request = in(janes);

    assertThat(sessions.signedIn(request)).isNull();
    sessions.establish(request, john());
    assertThat(janes.isInvalid()).isTrue();
    assertThat(sessionOf(request).getAttribute("cart")).isNull();
  }

  @Test
  void the_same_user_of_another_issuer_is_somebody_else() {
    MockHttpSession janes = signIn(jane());
    sessions.establish(
        in(janes),
        People.signedIn(People.identity("https://other.example.com", JANE), clock.instant()));

    assertThat(janes.isInvalid()).isTrue();
  }

  @Test
  void where_the_provider_does_not_say_who_it_is_everybody_is_somebody_else() {
    MockHttpServletRequest first = in(null);
    sessions.establish(first, unknown());
    MockHttpSession session = sessionOf(first);
    sessions.establish(in(session), unknown());

    assertThat(session.isInvalid()).isTrue();
  }

  /** SE-10: what is stored was damaged, or its key is gone. */
  @Test
  void a_session_that_cannot_be_read_signs_nobody_in() throws Exception {
    MockHttpSession session = stored(signIn(jane()));
    Sessions others = sessions("encryption-key-file", key());

    assertThat(others.signedIn(in(session))).isNull();
    assertThat(others.lastKnown(in(session))).isNull();
  }

  @Test
  void a_session_that_cannot_be_read_is_somebody_elses() throws Exception {
    MockHttpSession session = stored(signIn(jane()));
    sessions("encryption-key-file", key()).establish(in(session), jane());

    assertThat(session.isInvalid()).isTrue();
  }

  @Test
  void nobody_stays_signed_in_longer_than_the_maximum() {
    MockHttpSession session = signIn(jane());
    clock.advance(Duration.ofHours(12).minusMillis(1));
    assertThat(sessions.signedIn(in(session))).isNotNull();
    clock.advance(Duration.ofMillis(1));

    assertThat(sessions.signedIn(in(session))).isNull();
  }

  @Test
  void when_that_will_be_can_be_told() {
    Instant now = clock.instant();

    assertThat(sessions("session-maximum", "PT1H").expiry(People.signedIn(JANE, now)))
        .isEqualTo(now.plus(Duration.ofHours(1)));
  }

  @Test
  void the_idle_time_is_the_containers_to_watch() {
    MockHttpServletRequest request = in(null);
    sessions("session-idle", "PT20M").establish(request, jane());

    assertThat(sessionOf(request).getMaxInactiveInterval()).isEqualTo(20 * 60);
  }

  @Test
  void without_an_idle_time_the_servers_own_counts() {
    MockHttpServletRequest request = in(null);
    request.getSession(true).setMaxInactiveInterval(77);
    sessions.establish(request, jane());

    assertThat(sessionOf(request).getMaxInactiveInterval()).isEqualTo(77);
  }

  @Test
  void a_provider_that_was_taken_away_signs_nobody_in_any_more() {
    MockHttpSession session = signIn(jane());

    assertThat(
            sessions("providers", "other", "provider.other.issuer", Houses.ISSUER)
                .signedIn(in(session)))
        .isNull();
  }

  @Test
  void nor_does_one_that_has_another_issuer_now() {
    MockHttpSession session = signIn(jane());

    assertThat(sessions("issuer", "https://other.example.com").signedIn(in(session))).isNull();
  }

  @Test
  void refreshed_tokens_take_the_place_of_the_old() {
    SignedIn jane = jane();
    MockHttpSession session = signIn(jane);
    SignedIn renewed = jane.with(People.tokens("renewed", null));
    sessions.replace(in(session), jane, renewed);

    assertThat(sessions.signedIn(in(session))).isEqualTo(renewed);
  }

  /** As somebody has them who was late, or on another node. */
  @Test
  void a_later_refresh_is_not_undone_by_an_earlier_one() {
    SignedIn jane = jane();
    Instant soon = clock.instant().plusSeconds(300);
    SignedIn first = jane.with(People.tokens("first", soon));
    SignedIn second = jane.with(People.tokens("second", soon.plusSeconds(240)));
    MockHttpSession session = signIn(second);

    assertThat(sessions.replace(in(session), jane, first)).isEqualTo(Replacement.BY_ANOTHER);
    assertThat(sessions.signedIn(in(session))).isEqualTo(second);
    assertThat(sessions.replace(in(session), second, first)).isEqualTo(Replacement.DONE);
    assertThat(sessions.signedIn(in(session)))
        .as("a provider can give out shorter ones")
        .isEqualTo(first);
  }

  @Test
  void a_session_is_not_ended_since_tokens_were_refused_that_it_had_before() {
    SignedIn jane = jane();
    MockHttpSession session = signIn(jane.with(People.tokens("renewed", null)));

    assertThat(sessions.end(in(session), jane)).isFalse();
    assertThat(sessions.signedIn(in(session))).isNotNull();
  }

  /** It may be somebody else's that could not be read for a moment. */
  @Test
  void nobody_takes_over_what_an_unknown_session_has_lent() {
    MockHttpSession session = new MockHttpSession();
    session.setAttribute("org.vestibule.lent", "the loan of another");
    sessions.establish(in(session), jane());

    assertThat(session.getAttribute("org.vestibule.lent")).isNull();
    assertThat(sessions.signedIn(in(session))).isNotNull();
  }

  @Test
  void a_logout_is_not_undone_by_a_refresh() {
    SignedIn jane = jane();
    MockHttpSession session = signIn(jane);
    MockHttpServletRequest slow = in(session);
    sessions.end(in(session));
    sessions.replace(slow, jane, jane.with(People.tokens("renewed", null)));

    assertThat(slow.getSession(false)).isNull();
    assertThat(session.isInvalid()).isTrue();
  }

  @Test
  void a_logout_during_a_refresh_is_not_undone_either() {
    SignedIn jane = jane();
    MockHttpSession session = new EndedWhenChanged();
    sessions.establish(in(session), jane);
    ((EndedWhenChanged) session).armed = true;

    assertThatCode(
            () -> sessions.replace(in(session), jane, jane.with(People.tokens("renewed", null))))
        .doesNotThrowAnyException();
    assertThat(session.isInvalid()).isTrue();
  }

  @Test
  void of_two_that_share_a_refresh_one_changes_the_session() {
    SignedIn jane = jane();
    ChangedMeanwhile session = new ChangedMeanwhile();
    sessions.establish(in(session), jane);
    SignedIn renewed = jane.with(People.tokens("renewed", null));
    session.others = signIn(renewed).getAttribute(UserSession.ATTRIBUTE);

    assertThat(sessions.replace(in(session), jane, renewed)).isEqualTo(Replacement.BY_ANOTHER);
    assertThat(session.getAttribute(UserSession.ATTRIBUTE)).isSameAs(session.others);
  }

  @Test
  void a_new_login_is_not_overwritten_by_the_refresh_of_the_old() {
    SignedIn old = jane();
    MockHttpSession session = signIn(old);
    clock.advance(Duration.ofSeconds(1));
    SignedIn again = jane();
    sessions.establish(in(session), again);
    sessions.replace(in(session), old, old.with(People.tokens("renewed", null)));

    assertThat(sessions.signedIn(in(session))).isEqualTo(again);
  }

  @Test
  void the_end_of_a_session_is_the_end_of_all_that_was_in_it() {
    MockHttpSession session = signIn(jane());
    sessions.end(in(session));

    assertThat(session.isInvalid()).isTrue();
  }

  @Test
  void to_end_it_twice_does_no_harm() {
    MockHttpSession session = signIn(jane());
    MockHttpServletRequest one = in(session);
    MockHttpServletRequest other = in(session);
    sessions.end(one);

    assertThatCode(() -> sessions.end(one)).doesNotThrowAnyException();
    assertThatCode(() -> sessions.end(other)).doesNotThrowAnyException();
    assertThatCode(() -> sessions.end(in(null))).doesNotThrowAnyException();
  }

  @Test
  void a_session_that_another_request_just_ended_is_none() {
    MockHttpSession session = new EndedUnawares();
    sessions.establish(in(session), jane());
    ((EndedUnawares) session).ended = true;

    assertThat(sessions.signedIn(in(session))).isNull();
    assertThatCode(() -> sessions.end(in(session))).doesNotThrowAnyException();
  }

  @Test
  void a_session_survives_a_restart_of_the_server() throws Exception {
    SignedIn jane = jane();

    assertThat(sessions.signedIn(in(stored(signIn(jane)))))
        .isEqualTo(
            new SignedIn(jane.identity(), null, jane.tokens(), millis(jane), jane.csrfToken()));
  }

  @Test
  void a_session_that_was_encrypted_with_a_lost_key_signs_nobody_in() throws Exception {
    MockHttpServletRequest request = in(null);
    sessions("encryption-key-file", key()).establish(request, jane());

    assertThat(sessions.signedIn(in(stored(sessionOf(request))))).isNull();
  }

  private static Instant millis(SignedIn signedIn) {
    return Instant.ofEpochMilli(signedIn.since().toEpochMilli());
  }

  private static String key() {
    return KeyFiles.newKey().toString();
  }

  /** The session after it went through the server's store. */
  private static MockHttpSession stored(MockHttpSession session) throws Exception {
    MockHttpSession read = new MockHttpSession();
    read.setAttribute(
        UserSession.ATTRIBUTE, serialized(session.getAttribute(UserSession.ATTRIBUTE)));
    return read;
  }

  private static Object serialized(Object value) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }

  /** Another request's logout comes between a look and a change. */
  private static final class EndedWhenChanged extends MockHttpSession {
    private boolean armed;

    @Override
    public void setAttribute(String name, @Nullable Object value) {
      if (armed) {
        invalidate();
      }
      super.setAttribute(name, value);
    }
  }

  /** Another request's refresh comes between a look and a change. */
  private static final class ChangedMeanwhile extends MockHttpSession {
    private @Nullable Object others;
    private int looks;

    @Override
    public @Nullable Object getAttribute(String name) {
      if (others != null && ++looks == 3) {
        super.setAttribute(name, others);
      }
      return super.getAttribute(name);
    }
  }

  /** Another request's logout comes right after the container found the session. */
  private static final class EndedUnawares extends MockHttpSession {
    private boolean ended;

    @Override
    public @Nullable Object getAttribute(String name) {
      if (ended) {
        throw new IllegalStateException("ended");
      }
      return super.getAttribute(name);
    }

    @Override
    public void invalidate() {
      throw new IllegalStateException("ended");
    }
  }
}
