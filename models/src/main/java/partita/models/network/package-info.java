/** Networks: what they are made of, how many parameters they have, and their forward passes. */
@NullMarked
package partita.models.network;

import org.jspecify.annotations.NullMarked;
