package dev.tare.policy;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.styra.opa.wasm.OpaWasm_Env;
import com.styra.opa.wasm.OpaWasm_ModuleExports;
import com.styra.opa.wasm.OpaWasm_ModuleImports;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An instance of the built-in policies, whose module the build compiles to classes ({@link
 * BuiltInModule}). opa-java-wasm makes instances of modules only that it compiles itself, so its
 * bindings are put around one here, and used as <a
 * href="https://www.openpolicyagent.org/docs/wasm#exports">OPA says</a>.
 *
 * <p>The built-in policies call no functions outside of their module; a test holds them to it.
 */
final class BuiltInInstance implements PolicyInstance, OpaWasm_ModuleImports, OpaWasm_Env {
  /** An evaluation takes 5 MiB; to grow copies what is there. */
  private static final int INITIAL_PAGES = 96;

  /**
   * What of the module is no function. The build wrote it: to validate it takes each start long.
   */
  private static final com.dylibso.chicory.wasm.WasmModule MODULE =
      Parser.builder()
          .withValidation(false)
          .build()
          .parse(() -> BuiltInModule.class.getResourceAsStream("BuiltInModule.meta"));

  private static final int RESERVED = 0;
  private static final int AS_JSON = 0;

  private final Memory memory;
  private final OpaWasm_ModuleExports module;
  private final Map<String, Integer> entrypoints = new HashMap<>();
  private final int emptyHeap;

  /** Where the base documents are, and where the room above them begins. */
  private int data;

  private int heap;

  /**
   * Makes an instance without base documents.
   *
   * @param maxPages how large its memory may become, in pages of 64 KiB
   */
  BuiltInInstance(int maxPages) {
    memory = new ByteArrayMemory(new MemoryLimits(Math.min(INITIAL_PAGES, maxPages), maxPages));
    module =
        new OpaWasm_ModuleExports(
            Instance.builder(MODULE)
                .withMachineFactory(BuiltInModule::create)
                .withImportValues(toImportValues())
                .withMemoryFactory(limits -> memory)
                .build());
    JsonMapper.shared()
        .readTree(memory.readCString(module.opaJsonDump(module.entrypoints())))
        .propertyStream()
        .forEach(entrypoint -> entrypoints.put(entrypoint.getKey(), entrypoint.getValue().asInt()));
    emptyHeap = module.opaHeapPtrGet();
  }

  @Override
  public Set<String> entrypoints() {
    return entrypoints.keySet();
  }

  /** The functions that the module calls outside of itself. */
  Set<String> functions() {
    JsonNode names =
        JsonMapper.shared().readTree(memory.readCString(module.opaJsonDump(module.builtins())));
    return Set.copyOf(names.propertyNames());
  }

  @Override
  public void data(String documents) {
    module.opaHeapPtrSet(emptyHeap);
    byte[] json = documents.getBytes(StandardCharsets.UTF_8);
    data = module.opaJsonParse(write(json), json.length);
    heap = module.opaHeapPtrGet();
  }

  @Override
  public String evaluate(String entrypoint, String input) {
    // Whatever the last evaluation left lies above the base documents, and is given up.
    module.opaHeapPtrSet(heap);
    byte[] json = input.getBytes(StandardCharsets.UTF_8);
    int text = write(json);
    int result =
        module.opaEval(
            RESERVED,
            Objects.requireNonNull(entrypoints.get(entrypoint), entrypoint),
            data,
            text,
            json.length,
            module.opaHeapPtrGet(),
            AS_JSON);
    return memory.readCString(result);
  }

  /** The address of bytes that the module's own allocator found room for. */
  private int write(byte[] bytes) {
    int address = module.opaMalloc(bytes.length);
    memory.write(address, bytes);
    return address;
  }

  @Override
  public OpaWasm_Env env() {
    return this;
  }

  @Override
  public Memory memory() {
    return memory;
  }

  @Override
  public void opaAbort(int message) {
    throw new IllegalStateException("opa_abort - " + memory.readCString(message));
  }

  @Override
  public int opaBuiltin0(int function, int context) {
    throw outside(function);
  }

  @Override
  public int opaBuiltin1(int function, int context, int first) {
    throw outside(function);
  }

  @Override
  public int opaBuiltin2(int function, int context, int first, int second) {
    throw outside(function);
  }

  @Override
  public int opaBuiltin3(int function, int context, int first, int second, int third) {
    throw outside(function);
  }

  @Override
  public int opaBuiltin4(int function, int context, int first, int second, int third, int fourth) {
    throw outside(function);
  }

  private static IllegalStateException outside(int function) {
    return new IllegalStateException("function " + function + " is not part of the module");
  }
}
