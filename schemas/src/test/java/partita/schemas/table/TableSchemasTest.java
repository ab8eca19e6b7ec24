package partita.schemas.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableSchemasTest {
  private static final List<TableSchema> ALL =
      List.of(
          ImageTable.schema(3, 32, 32),
          SourceTable.schema(),
          PointTable.schema(),
          FeatureTable.schema(512),
          NeighborTable.schema(50),
          CandidateTable.schema(50),
          AssignmentTable.schema(),
          CentroidTable.schema(512),
          InstanceTable.schema(),
          WeightsTable.schema(),
          SampleTable.schema(120, 3, 32, 32),
          MetricTable.schema(),
          MomentsTable.schema(4),
          RadiusTable.schema(),
          HistogramTable.schema(10),
          CurveTable.schema(),
          ReconstructionTable.schema(120, 3, 32, 32),
          ReconstructionErrorTable.schema(),
          ConfidenceTable.schema(),
          SemanticMapTable.schema(32, 16, 19));

  @TempDir Path folder;

  /** A reader of today must know the files of yesterday: raise the version with any change here. */
  @Test
  void columnsStayAsTheyWere() {
    assertEquals(
        """
        images 1 [id INT64, label INT32, pixels UINT8[3, 32, 32]]
        sources 1 [id INT64, source UTF8]
        points 1 [id INT64, label INT32, point FLOAT32[2]]
        features 1 [id INT64, feature FLOAT32[512]]
        neighbors 1 [id INT64, neighbors INT64[50], similarities FLOAT32[50]]
        candidates 1 [neighbors INT32[50], similarities FLOAT32[50]]
        assignments 1 [id INT64, cluster INT32, distance FLOAT32]
        centroids 1 [cluster INT32, size INT64, centroid FLOAT32[512]]
        instances 1 [id INT64, row INT64, cluster INT32]
        weights 1 [name UTF8, role UTF8, dtype UTF8, shape UTF8, data BINARY]
        samples 1 [id INT64, instance INT64, label INT32, z FLOAT32[120], pixels UINT8[3, 32, 32]]
        metrics 1 [metric UTF8, seed INT64, value FLOAT64, std FLOAT64, realCount INT64, generatedCount INT64, network UTF8, protocol UTF8]
        moments 1 [count INT64, mean FLOAT64[4], scatter FLOAT64[10]]
        radii 2 [row INT64, squaredRadius FLOAT64]
        histogram 1 [counts INT64[10]]
        curves 1 [step INT64, series UTF8, value FLOAT64]
        reconstructions 1 [id INT64, label INT32, loss FLOAT32, z FLOAT32[120], pixels UINT8[3, 32, 32]]
        reconstruction-errors 1 [id INT64, encodedPixels FLOAT64, optimizedPixels FLOAT64, encodedPerceptual FLOAT64, optimizedPerceptual FLOAT64]
        confidences 1 [class INT32, rank INT32, sample INT64, confidence FLOAT64]
        semantic-maps 1 [id INT64, classes UINT8[32, 16], shares FLOAT32[19]]
        """,
        String.join("\n", ALL.stream().map(TableSchema::describe).toList()) + "\n");
  }

  @Test
  void optionalColumnsComeAfterTheOthers() {
    assertEquals(
        "images 1 [id INT64, label INT32, pixels UINT8[3, 64, 32], semantic INT32[64, 32],"
            + " instances INT32[64, 32], attributes FLOAT32[7]]",
        ImageTable.schema(3, 64, 32, true, true, 7).describe());
    assertEquals(ImageTable.schema(1, 8, 8), ImageTable.schema(1, 8, 8, false, false, 0));
    assertEquals(
        "features 1 [id INT64, feature FLOAT32[64], logits FLOAT32[10]]",
        FeatureTable.schema(64, 10).describe());
  }

  @Test
  void moreClassesThanAByteHoldsTakeFour() {
    assertEquals(
        "semantic-maps 1 [id INT64, classes UINT8[2, 2], shares FLOAT32[256]]",
        SemanticMapTable.schema(2, 2, 256).describe());
    assertEquals(
        "semantic-maps 1 [id INT64, classes INT32[2, 2], shares FLOAT32[257]]",
        SemanticMapTable.schema(2, 2, 257).describe());
  }

  @Test
  void everySchemaComesBackFromAFile() throws Exception {
    for (TableSchema schema : ALL) {
      Path file = folder.resolve(schema.name() + ".arrow");
      try (TableWriter writer = TableWriter.create(file, "x/0", schema, 4);
          TableReader reader = TableReader.openFile(file, writer.commit())) {
        assertEquals(schema, reader.schema());
      }
    }
  }

  @Test
  void fingerprintTellsSchemasApart() {
    Set<String> fingerprints = new HashSet<>();
    ALL.forEach(schema -> fingerprints.add(schema.fingerprint()));
    assertEquals(ALL.size(), fingerprints.size());
    assertEquals(FeatureTable.schema(512).fingerprint(), FeatureTable.schema(512).fingerprint());
    assertNotEquals(FeatureTable.schema(512).fingerprint(), FeatureTable.schema(513).fingerprint());
    TableSchema one = FeatureTable.schema(2);
    assertNotEquals(one.fingerprint(), new TableSchema(one.name(), 2, one.columns()).fingerprint());
  }

  @Test
  void shapesOfTensorsAreWrittenWithCommas() {
    assertEquals("64,3,3,3", WeightsTable.shapeText(64, 3, 3, 3));
    assertArrayEquals(new long[] {64, 3, 3, 3}, WeightsTable.shape("64,3,3,3"));
    assertEquals("", WeightsTable.shapeText());
    assertArrayEquals(new long[0], WeightsTable.shape(""));
  }

  @Test
  void impossibleColumnsAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> Column.tensor("x", ElementType.FLOAT32, 3, 0));
    assertThrows(IllegalArgumentException.class, () -> Column.tensor("x", ElementType.UTF8, 3));
    Column column = Column.scalar("x", ElementType.INT32);
    assertThrows(
        IllegalArgumentException.class, () -> new TableSchema("t", 1, List.of(column, column)));
  }
}
