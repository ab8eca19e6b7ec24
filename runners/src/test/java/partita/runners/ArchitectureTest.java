package partita.runners;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The house rules: what may depend on what, and how nothing may be named. */
class ArchitectureTest {
  private static JavaClasses ours;

  @BeforeAll
  static void importClasses() {
    ours =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("partita");
    for (String module : List.of("schemas", "models", "transforms", "pipelines", "runners")) {
      assertFalse(
          ours.that(resideInAnyPackage("partita." + module + "..")).isEmpty(),
          "no classes of " + module);
    }
  }

  private static void requireOnly(String module, String... allowed) {
    classes()
        .that()
        .resideInAPackage("partita." + module + "..")
        .should()
        .onlyDependOnClassesThat(
            not(resideInAnyPackage("partita..")).or(resideInAnyPackage(allowed)))
        .allowEmptyShould(true)
        .check(ours);
  }

  @Test
  void modulesDependOneWay() {
    requireOnly("schemas", "partita.schemas..");
    requireOnly("models", "partita.models..");
    requireOnly("transforms", "partita.transforms..", "partita.schemas..", "partita.models..");
    requireOnly(
        "pipelines",
        "partita.pipelines..",
        "partita.transforms..",
        "partita.schemas..",
        "partita.models..");
    requireOnly("infra", "partita.infra..", "partita.schemas..");
  }

  @Test
  void onlyTheModulesThatOwnThemTouchBeamArrowAndTheEngine() {
    noClasses()
        .that()
        .resideInAnyPackage("partita.schemas..", "partita.models..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.beam..", "org.apache.flink..")
        .check(ours);
    noClasses()
        .that()
        .resideInAPackage("partita.models..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.arrow..")
        .check(ours);
    noClasses()
        .that()
        .resideInAPackage("partita.schemas..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(ours);
    noClasses()
        .that()
        .resideOutsideOfPackage("partita.runners..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.flink..", "org.apache.beam.runners..")
        .check(ours);
  }

  /**
   * DJL makes an array of the number, in memory of Java's, and gives that memory back when the
   * operation is done; but a recorded operation reads it again when it is differentiated.
   */
  @Test
  void networksComputeWithNumbersOnlyInScripts() {
    noClasses()
        .that()
        .resideInAPackage("partita.models..")
        .should()
        .callMethodWhere(
            target(owner(assignableTo(NDArray.class)))
                .and(
                    describe(
                        "with a number",
                        call ->
                            call.getTarget().getRawParameterTypes().stream()
                                .anyMatch(type -> type.isEquivalentTo(Number.class)))))
        .because("gradients would be those of whatever lies there by then")
        .check(ours);
  }

  @ParameterizedTest
  @ValueSource(strings = {"schemas", "models", "transforms", "pipelines", "infra", "runners"})
  void roomsOfAModuleHaveNoCycles(String module) {
    slices()
        .matching("partita." + module + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(ours);
  }

  @Test
  void nothingIsNamedForBeingAHeap() {
    noClasses()
        .should()
        .haveNameMatching(".*(Utils?|Helpers?|Common)")
        .because("a class is named for its one concept")
        .check(ours);
  }

  @Test
  void packagesStateThatNullIsMarked() {
    classes()
        .that()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith("org.jspecify.annotations.NullMarked")
        .check(ours);
  }
}
