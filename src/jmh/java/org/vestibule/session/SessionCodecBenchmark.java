package org.vestibule.session;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.SignedIn;

/** What it takes to store a session, encrypted, and to open one that another node stored. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SessionCodecBenchmark {

  private SessionCodec codec;
  private SignedIn signedIn;
  private byte[] stored;

  @Setup
  public void setUp() {
    Secret key = Secret.of("7Fjfp0ZBr1KtDRbnfVdmIw");
    codec = new SessionCodec(Optional.of(Seal.of(new SecureRandom(), "session", List.of(key))));
    signedIn = LikeKeycloak.signedIn();
    stored = codec.encode(signedIn);
  }

  @Benchmark
  public Object store() {
    return codec.encode(signedIn);
  }

  @Benchmark
  public Object open() {
    return codec.decode(stored);
  }
}
