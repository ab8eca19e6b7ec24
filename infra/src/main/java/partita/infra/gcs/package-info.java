/** The artifact store in a Google Cloud Storage bucket, for roots {@code gs://bucket/folder}. */
@NullMarked
package partita.infra.gcs;

import org.jspecify.annotations.NullMarked;
