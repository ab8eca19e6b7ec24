/**
 * Lineage of runs as OpenLineage events, for catalogs such as Marquez, DataHub and OpenMetadata.
 *
 * <p>A run is a job named as its experiment; each stage that it runs is a job {@code
 * experiment.stage} with the run as its parent. A stage that was up to date did not run, so it has
 * no event of its own; the last event of the run lists it. Every table of an artifact is a dataset
 * {@code stage/actionKey/role} in the namespace of the store, its version the artifact's content
 * digest; raw input files are datasets in the namespace {@code file}.
 *
 * @see <a href="https://openlineage.io/spec/2-0-2/OpenLineage.json">OpenLineage, the object
 *     model</a>
 */
@NullMarked
package partita.infra.lineage;

import org.jspecify.annotations.NullMarked;
