/** The systems of the papers, each as settings read from YAML and a graph of stages. */
@NullMarked
package partita.pipelines.system;

import org.jspecify.annotations.NullMarked;
