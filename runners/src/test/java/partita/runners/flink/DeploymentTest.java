package partita.runners.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.AkkaOptions;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.junit.jupiter.api.Test;

/** The files that run a cluster here and elsewhere agree with Flink and with each other. */
class DeploymentTest {
  private static final Path INFRA = Path.of("..", "infra");
  private static final Path CONF = INFRA.resolve("flink/conf");
  private static final Configuration CONFIGURATION =
      GlobalConfiguration.loadConfiguration(CONF.toString());
  private static final String ARTIFACTS = "/artifacts";

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final Set<String> KEYS =
      keys(
          AkkaOptions.class,
          BlobServerOptions.class,
          ClusterOptions.class,
          CoreOptions.class,
          HeartbeatManagerOptions.class,
          JobManagerOptions.class,
          NettyShuffleEnvironmentOptions.class,
          RestOptions.class,
          RestartStrategyOptions.class,
          TaskManagerOptions.class,
          WebOptions.class);

  private static Set<String> keys(Class<?>... options) {
    Set<String> keys = new TreeSet<>();
    for (Class<?> one : options) {
      for (Field field : one.getFields()) {
        if (field.getType() == ConfigOption.class) {
          try {
            keys.add(((ConfigOption<?>) field.get(null)).key());
          } catch (IllegalAccessException e) {
            throw new AssertionError(e);
          }
        }
      }
    }
    return keys;
  }

  private static List<JsonNode> documents(String name) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    try (var parser = YAML.createParser(INFRA.resolve("kubernetes/" + name).toFile())) {
      YAML.readerFor(JsonNode.class).<JsonNode>readValues(parser).forEachRemaining(documents::add);
    }
    return documents;
  }

  private static JsonNode document(String file, String kind) throws IOException {
    return documents(file).stream()
        .filter(one -> one.path("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode pod(JsonNode workload) {
    return workload.at("/spec/template/spec");
  }

  private static JsonNode container(String file, String kind) throws IOException {
    return pod(document(file, kind)).at("/containers/0");
  }

  private static List<String> arguments(JsonNode container) {
    return StreamSupport.stream(container.path("args").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  private static String option(JsonNode container, String prefix) {
    return arguments(container).stream()
        .filter(word -> word.startsWith(prefix))
        .map(word -> word.substring(prefix.length()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + prefix + " in " + arguments(container)));
  }

  @Test
  void everyKeyOfTheConfigurationIsOneOfFlink() {
    Set<String> unknown = new TreeSet<>(CONFIGURATION.keySet());
    assertTrue(unknown.size() > 30, unknown::toString);
    unknown.removeAll(KEYS);
    assertEquals(Set.of(), unknown);
  }

  @Test
  void theConfigurationNamesAllMemoryThatFlinksScriptsWouldCompute() {
    for (ConfigOption<?> option :
        List.of(
            TaskManagerOptions.CPU_CORES,
            TaskManagerOptions.FRAMEWORK_HEAP_MEMORY,
            TaskManagerOptions.FRAMEWORK_OFF_HEAP_MEMORY,
            TaskManagerOptions.TASK_HEAP_MEMORY,
            TaskManagerOptions.TASK_OFF_HEAP_MEMORY,
            TaskManagerOptions.NETWORK_MEMORY_MIN,
            TaskManagerOptions.MANAGED_MEMORY_SIZE,
            TaskManagerOptions.JVM_METASPACE,
            TaskManagerOptions.JVM_OVERHEAD_MIN)) {
      assertTrue(CONFIGURATION.contains(option), option.key());
    }
    assertEquals(
        CONFIGURATION.get(TaskManagerOptions.NETWORK_MEMORY_MIN),
        CONFIGURATION.get(TaskManagerOptions.NETWORK_MEMORY_MAX));
    assertEquals(
        CONFIGURATION.get(TaskManagerOptions.JVM_OVERHEAD_MIN),
        CONFIGURATION.get(TaskManagerOptions.JVM_OVERHEAD_MAX));
  }

  @Test
  void aLostTaskManagerRestartsJobsAndNativeLibrariesBelongToTheProcess() {
    assertEquals("fixed-delay", CONFIGURATION.get(RestartStrategyOptions.RESTART_STRATEGY));
    assertTrue(CONFIGURATION.get(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS) > 1);
    assertTrue(
        CONFIGURATION
            .get(CoreOptions.ALWAYS_PARENT_FIRST_LOADER_PATTERNS_ADDITIONAL)
            .contains("ai.djl."));
  }

  @Test
  void theHeapHasRoomForWhatFlinkCountsOn() throws IOException {
    String script = Files.readString(INFRA.resolve("flink/jvm"));
    Matcher heap = Pattern.compile("HEAP:-(\\w+)}\" -XX:Parallel").matcher(script);
    assertTrue(heap.find());
    assertRoom(heap.group(1));
    for (String pool : List.of("cpu-pool.yaml", "gpu-pool.yaml")) {
      JsonNode container = container(pool, "Deployment");
      MemorySize given = heap(container);
      assertRoom(given.toString());
      MemorySize limit = limit(container);
      assertTrue(limit.compareTo(given.multiply(2)) > 0, pool + ": native memory needs room too");
    }
  }

  private static void assertRoom(String heap) {
    MemorySize needed =
        CONFIGURATION
            .get(TaskManagerOptions.FRAMEWORK_HEAP_MEMORY)
            .add(CONFIGURATION.get(TaskManagerOptions.TASK_HEAP_MEMORY));
    assertTrue(MemorySize.parse(heap).compareTo(needed) >= 0, heap);
  }

  private static MemorySize heap(JsonNode container) {
    return MemorySize.parse(container.at("/env/0/value").asText());
  }

  private static MemorySize limit(JsonNode container) {
    String limit = container.at("/resources/limits/memory").asText();
    return MemorySize.parse(limit.replace("Gi", "g"));
  }

  @Test
  void allManifestsAreOfKubernetesAndRunOurImageInARoleThatItHas() throws IOException {
    String script = Files.readString(INFRA.resolve("flink/jvm"));
    List<String> files;
    try (Stream<Path> listed = Files.list(INFRA.resolve("kubernetes"))) {
      files = listed.map(file -> file.getFileName().toString()).sorted().toList();
    }
    assertEquals(
        List.of("cluster.yaml", "cpu-pool.yaml", "cpu-run.yaml", "gpu-pool.yaml", "gpu-run.yaml"),
        files);
    for (String file : files) {
      for (JsonNode one : documents(file)) {
        assertTrue(one.path("apiVersion").isTextual() && one.path("kind").isTextual(), file);
        assertTrue(one.at("/metadata/name").isTextual(), file);
        for (JsonNode container : pod(one).path("containers")) {
          String image = file.startsWith("gpu") ? "partita:cuda" : "partita";
          assertEquals(image, container.path("image").asText(), file);
          assertTrue(script.contains("\n  " + arguments(container).get(0) + ")\n"), file);
          for (String word : arguments(container)) {
            if (word.startsWith("-D")) {
              assertTrue(KEYS.contains(word.substring(2, word.indexOf('='))), file + ": " + word);
            }
          }
        }
        JsonNode labels = one.at("/spec/template/metadata/labels");
        JsonNode selected = one.at("/spec/selector/matchLabels");
        assertTrue(selected.isMissingNode() || selected.equals(labels), file);
      }
    }
  }

  @Test
  void podsFindTheJobManagerWhereItListens() throws IOException {
    JsonNode service = document("cluster.yaml", "Service");
    JsonNode manager = container("cluster.yaml", "Deployment");
    String host = service.at("/metadata/name").asText();
    Map<String, String> ports =
        Map.of(
            "rest", CONFIGURATION.get(RestOptions.PORT).toString(),
            "rpc", CONFIGURATION.get(JobManagerOptions.PORT).toString(),
            "blob", option(manager, "-Dblob.server.port="));
    for (JsonNode port : service.at("/spec/ports")) {
      assertEquals(ports.get(port.path("name").asText()), port.path("port").asText());
    }
    for (JsonNode port : manager.path("ports")) {
      assertEquals(ports.get(port.path("name").asText()), port.path("containerPort").asText());
    }
    assertEquals(
        service.at("/spec/selector"),
        document("cluster.yaml", "Deployment").at("/spec/template/metadata/labels"));
    assertEquals(host, option(manager, "-Djobmanager.rpc.address="));
    for (String pool : List.of("cpu-pool.yaml", "gpu-pool.yaml")) {
      assertEquals(host, option(container(pool, "Deployment"), "-Djobmanager.rpc.address="), pool);
    }
    for (String run : List.of("cpu-run.yaml", "gpu-run.yaml")) {
      String master = option(container(run, "Job"), "--flinkMaster=");
      assertEquals(host + ":" + ports.get("rest"), FlinkCluster.at(master).master(), run);
    }
  }

  @Test
  void driversAndTaskManagersShareTheArtifactsAndTheKindOfMachine() throws IOException {
    String claim = document("cluster.yaml", "PersistentVolumeClaim").at("/metadata/name").asText();
    for (String kind : List.of("cpu", "gpu")) {
      JsonNode workers = document(kind + "-pool.yaml", "Deployment");
      JsonNode driver = document(kind + "-run.yaml", "Job");
      assertEquals(pod(workers).path("nodeSelector"), pod(driver).path("nodeSelector"), kind);
      assertEquals(pod(workers).path("tolerations"), pod(driver).path("tolerations"), kind);
      for (JsonNode one : List.of(workers, driver)) {
        JsonNode mount = pod(one).at("/containers/0/volumeMounts/0");
        assertEquals(ARTIFACTS, mount.path("mountPath").asText(), kind);
        assertEquals(mount.path("name"), pod(one).at("/volumes/0/name"), kind);
        assertEquals(
            claim, pod(one).at("/volumes/0/persistentVolumeClaim/claimName").asText(), kind);
      }
      JsonNode container = pod(driver).at("/containers/0");
      assertTrue(option(container, "--artifacts=").startsWith(ARTIFACTS + "/"), kind);
      assertEquals(kind.equals("gpu") ? "cuda" : "cpu", option(container, "--device="));
      assertNotNull(
          getClass().getResource("/experiments/" + option(container, "--experiment=") + ".yaml"),
          kind);
    }
  }

  @Test
  void aTaskManagerOfTheGpuPoolHasAGpuOfItsOwn() throws IOException {
    JsonNode resources = container("gpu-pool.yaml", "Deployment").path("resources");
    assertEquals(1, resources.at("/limits/nvidia.com~1gpu").asInt());
    assertEquals(1, resources.at("/requests/nvidia.com~1gpu").asInt());
    JsonNode driver = container("gpu-run.yaml", "Job").path("resources");
    assertTrue(driver.at("/limits/nvidia.com~1gpu").isMissingNode());
  }

  @Test
  void theImageHasEveryFileThatItsEntryPointReads() throws IOException {
    String dockerfile = Files.readString(INFRA.resolve("docker/Dockerfile"));
    assertTrue(dockerfile.contains("ENTRYPOINT [\"infra/flink/jvm\"]"));
    for (String needed : List.of(".mvn/jvm.config", "infra/flink", "runners/target/lib")) {
      assertTrue(dockerfile.contains("/opt/partita/" + needed + " " + needed + "\n"), needed);
    }
    String modules = Files.readString(INFRA.resolve("flink/jvm"));
    for (String module :
        List.of("schemas", "models", "transforms", "pipelines", "infra", "runners")) {
      String classes = module + "/target/classes";
      assertTrue(dockerfile.contains("/opt/partita/" + classes + " " + classes + "\n"), module);
      assertTrue(modules.contains(module), module);
    }
    assertFalse(dockerfile.contains(":latest"));
  }
}
