package org.vestibule.provider;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/** How alike two words are: the number of letters to add, remove, replace or swap with the next. */
final class EditDistance {

  private EditDistance() {}

  /** The distance of optimal string alignment, which counts a swap as one mistake. */
  static int between(String a, String b) {
    int[] beforeThat = new int[b.length() + 1];
    int[] before = new int[b.length() + 1];
    Arrays.setAll(before, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        row[j] = Math.min(before[j - 1] + (same ? 0 : 1), Math.min(before[j], row[j - 1]) + 1);
        if (i > 1 && j > 1 && swapped(a, i, b, j)) {
          row[j] = Math.min(row[j], beforeThat[j - 2] + 1);
        }
      }
      beforeThat = before;
      before = row;
    }
    return before[b.length()];
  }

  private static boolean swapped(String a, int i, String b, int j) {
    return a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
  }

  /**
   * The candidate that was probably meant.
   *
   * @param form in which words are compared
   * @return empty if none is near enough: fewer than half of the letters may be wrong, three at
   *     most
   */
  static Optional<String> nearest(
      String word, Collection<String> candidates, UnaryOperator<String> form) {
    String formed = form.apply(word);
    int farthest = Math.min(3, (formed.length() - 1) / 2);
    ToIntFunction<String> distance = candidate -> between(formed, form.apply(candidate));
    return candidates.stream()
        .min(Comparator.comparingInt(distance))
        .filter(candidate -> distance.applyAsInt(candidate) <= farthest);
  }
}
