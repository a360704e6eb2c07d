package org.vestibule.testing;

/** What happens to a user who arrives at the authorization endpoint. */
sealed interface Approval {

  /** The user is signed in already and grants everything without being asked. */
  record Approving(User user) implements Approval {}

  /** The user refuses everything without being asked. */
  record Denying() implements Approval {}

  /** The user gets a page with a form to sign in, to grant or to deny. */
  record Interactive() implements Approval {}
}
