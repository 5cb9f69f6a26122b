package dev.tare.policy;

import com.styra.opa.wasm.OpaPolicy;
import java.util.Set;

/** An instance of any module, which is compiled to bytecode when it is made. */
final class OpaInstance implements PolicyInstance {
  private final OpaPolicy policy;

  /**
   * Compiles a module.
   *
   * @param maxPages how large its memory may become, in pages of 64 KiB
   */
  OpaInstance(byte[] wasm, int maxPages) {
    this.policy = OpaPolicy.builder().withPolicy(wasm).withMaxMemory(maxPages).build();
  }

  @Override
  public Set<String> entrypoints() {
    return policy.entrypoints().keySet();
  }

  @Override
  public void data(String documents) {
    policy.data(documents);
  }

  @Override
  public String evaluate(String entrypoint, String input) {
    return policy.entrypoint(entrypoint).evaluate(input);
  }
}
