package org.vestibule.doctor;

import java.util.List;
import org.vestibule.provider.SettingInEffect;

/**
 * What is known of one provider. Immutable.
 *
 * @param name for people
 * @param known issuer and client
 * @param settings that are not at their defaults
 * @param toRegister the URIs that the provider has to know of this application
 * @param published what the provider says about itself; empty if it was not asked
 * @param unused what it offers and is not made use of, in words
 */
public record ProviderDiagnosis(
    String id,
    String name,
    List<Fact> known,
    List<SettingInEffect> settings,
    List<Fact> toRegister,
    List<Fact> published,
    List<String> unused) {

  public ProviderDiagnosis {
    known = List.copyOf(known);
    settings = List.copyOf(settings);
    toRegister = List.copyOf(toRegister);
    published = List.copyOf(published);
    unused = List.copyOf(unused);
  }
}
