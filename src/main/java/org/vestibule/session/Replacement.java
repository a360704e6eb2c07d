package org.vestibule.session;

/** What became of refreshed tokens. */
public enum Replacement {
  DONE,
  /** Somebody else put the same ones there, or newer ones; or the user signed in anew. */
  BY_ANOTHER,
  /** There is nobody any more whose they could be. */
  ENDED
}
