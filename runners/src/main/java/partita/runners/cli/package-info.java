/** The command line: parses, shows plans and progress, and leaves everything else to pipelines. */
@NullMarked
package partita.runners.cli;

import org.jspecify.annotations.NullMarked;
