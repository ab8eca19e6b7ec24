/**
 * The artifact store in a Google Cloud Storage bucket, for roots {@code gs://bucket/folder}.
 *
 * <p>The bucket must exist, and the application default credentials ({@code gcloud auth
 * application-default login}, a service account, {@code GOOGLE_APPLICATION_CREDENTIALS}) must have
 * the role <em>Storage Object User</em> on it. No soft delete and no versions are needed: blobs and
 * manifests are never written over, unless they are damaged. Where files are kept on this machine
 * is said by {@link partita.infra.gcs.LocalCache}, how to use an emulator by {@link
 * partita.infra.gcs.GcsClient}.
 */
@NullMarked
package partita.infra.gcs;

import org.jspecify.annotations.NullMarked;
