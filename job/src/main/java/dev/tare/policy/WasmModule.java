package dev.tare.policy;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.styra.opa.wasm.OpaBuiltin;
import com.styra.opa.wasm.OpaWasm;
import com.styra.opa.wasm.builtins.Provided;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * A policy module that can be evaluated. Safe for concurrent use.
 *
 * <p>The built-in one was compiled to bytecode by the build. Another one is compiled here, which
 * takes about a second. The first instance of either is made in the background from construction
 * on, so that it costs no time where the caller has something else to do first; the first
 * evaluation waits for it. Interpreting instead would lose from the second evaluation on.
 */
final class WasmModule implements AutoCloseable {
  private static final int PAGE_BYTES = 65_536;
  private static final int INITIAL_PAGES = 10;
  private static final int MAX_INSTANCES = 4;

  private final String name;
  private final byte[] wasm;
  private final Set<String> entrypoints;
  private final EvaluationLimits limits;
  private final Supplier<PolicyInstance> maker;
  private final CompletableFuture<WasmInstances> compiled;

  /**
   * Begins to make an instance of a module.
   *
   * @param bundle which it is of
   */
  private WasmModule(Bundle bundle, EvaluationLimits limits, Supplier<PolicyInstance> maker) {
    this.name = bundle.name();
    this.wasm = bundle.wasm();
    this.entrypoints =
        bundle.entrypoints().isEmpty()
            ? Set.of(BundleJudge.ENTRYPOINT)
            : new TreeSet<>(bundle.entrypoints().values());
    this.limits = limits;
    this.maker = maker;
    this.compiled =
        CompletableFuture.supplyAsync(
            this::compile,
            task -> Thread.ofPlatform().daemon().name("policy-compiler").start(task));
  }

  /** The module of the built-in policies, which the build compiled. */
  static WasmModule builtIn(Bundle bundle, EvaluationLimits limits) {
    return new WasmModule(bundle, limits, () -> new BuiltInInstance(maxPages(limits)));
  }

  /** A module that is compiled now. */
  static WasmModule of(Bundle bundle, EvaluationLimits limits) {
    return new WasmModule(bundle, limits, () -> new OpaInstance(bundle.wasm(), maxPages(limits)));
  }

  /**
   * Makes sure that the module can be evaluated here.
   *
   * @throws TareException of kind USAGE where it is no policy module, lacks an entrypoint, or calls
   *     built-in functions that do not exist here
   */
  void check() {
    Set<String> unsupported = new TreeSet<>();
    try {
      OpaWasm module =
          OpaWasm.builder()
              .withInputStream(new ByteArrayInputStream(wasm))
              .withJsonMapper(new ObjectMapper())
              .withMemory(new ByteArrayMemory(new MemoryLimits(INITIAL_PAGES, maxPages(limits))))
              .disableCompiler()
              .build();
      unsupported.addAll(
          JsonMapper.shared()
              .readTree(module.readString(module.exports().builtins()))
              .propertyNames());
    } catch (ChicoryException | IllegalArgumentException e) {
      throw new TareException(
          FailureKind.USAGE,
          "load policies " + name + ": policy.wasm is no policy module: " + e.getMessage(),
          "Compile it with " + command() + ".",
          e);
    }
    unsupported.removeAll(
        Arrays.stream(Provided.all()).map(OpaBuiltin.Builtin::name).collect(Collectors.toSet()));
    if (!unsupported.isEmpty()) {
      throw new TareException(
          FailureKind.USAGE,
          "load policies "
              + name
              + ": they call "
              + String.join(", ", unsupported)
              + ", which does not exist in WebAssembly here",
          "tare policy check SOURCES says in which line.");
    }
    instances();
  }

  /**
   * Evaluates an entrypoint.
   *
   * @param data base documents, JSON
   * @param input JSON
   * @return the result set, JSON
   * @throws TareException of kind LIMIT where time or memory ran out, BAD_CONTENT where the policy
   *     aborted
   */
  String evaluate(String entrypoint, String data, String input) {
    WasmInstances instances = instances();
    WasmInstances.Instance instance = borrow(instances, data);
    boolean sound = false;
    try (Deadline deadline = Deadline.in(limits.timeout())) {
      String result = evaluate(() -> instance.evaluate(entrypoint, data, input), deadline);
      sound = true;
      return result;
    } finally {
      if (sound) {
        instances.giveBack(instance);
      } else {
        instances.discard();
      }
    }
  }

  private String evaluate(Supplier<String> evaluation, Deadline deadline) {
    try {
      return evaluation.get();
    } catch (ChicoryInterruptedException e) {
      throw deadline.passed()
          ? failure(
              FailureKind.LIMIT, "it took longer than " + limits.timeout().toSeconds() + " s", e)
          : failure(FailureKind.ENVIRONMENT, "interrupted", e);
    } catch (OutOfMemoryError e) {
      // The module's memory is an array of java's, which may be shorter of it than the limit is.
      throw failure(
          FailureKind.LIMIT,
          "it needs more memory than java has: "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MiB in all (TARE_JAVA_OPTS=-Xmx1g)",
          e);
    } catch (RuntimeException e) {
      // The library has no types for what went wrong. A module whose memory is used up aborts in
      // its allocator; everything else is a conflict of rules or a trap.
      String message = String.valueOf(e.getMessage());
      if (message.contains("opa_malloc") || message.contains("memory")) {
        throw failure(
            FailureKind.LIMIT,
            "it needs more memory than " + (limits.memoryBytes() >> 20) + " MiB",
            e);
      }
      throw failure(FailureKind.BAD_CONTENT, message, e);
    }
  }

  private WasmInstances compile() {
    PolicyInstance first = maker.get();
    Set<String> missing = new TreeSet<>(entrypoints);
    missing.removeAll(first.entrypoints());
    if (!missing.isEmpty()) {
      throw new TareException(
          FailureKind.USAGE,
          "load policies "
              + name
              + ": no entrypoint "
              + String.join(", ", missing)
              + ", there is "
              + String.join(", ", new TreeSet<>(first.entrypoints())),
          "Compile it with " + command() + ".");
    }
    // Every further instance of a module that is not built in is compiled again, which costs a
    // third
    // of a second; an evaluation takes milliseconds, so few of them serve many threads.
    int cores = Runtime.getRuntime().availableProcessors();
    return new WasmInstances(first, maker, Math.clamp(cores / 2, 1, MAX_INSTANCES));
  }

  private String command() {
    return "opa build -t wasm -e " + String.join(" -e ", entrypoints);
  }

  private static int maxPages(EvaluationLimits limits) {
    return (int) Math.min(limits.memoryBytes() / PAGE_BYTES, MemoryLimits.MAX_PAGES);
  }

  private WasmInstances instances() {
    try {
      return compiled.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TareException known) {
        throw known;
      }
      if (e.getCause() instanceof OutOfMemoryError) {
        throw new TareException(
            FailureKind.ENVIRONMENT,
            "compile policies " + name + ": out of memory",
            "Give Java more of it: TARE_JAVA_OPTS=-Xmx256m, in a container a higher limit.",
            e);
      }
      throw failure(FailureKind.USAGE, "compile policy.wasm: " + e.getCause(), e);
    }
  }

  private WasmInstances.Instance borrow(WasmInstances instances, String data) {
    try {
      return instances.borrow(data);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(FailureKind.ENVIRONMENT, "interrupted", e);
    }
  }

  private TareException failure(FailureKind kind, String why, Throwable cause) {
    return new TareException(kind, "evaluate policies " + name + ": " + why, null, cause);
  }

  @Override
  public void close() {
    if (compiled.isDone() && !compiled.isCompletedExceptionally()) {
      compiled.join().clear();
    }
  }
}
