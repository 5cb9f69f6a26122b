/**
 * What to do first: the failures of a run, merged over images and bases to actions, each with its
 * measured effect.
 */
@NullMarked
package dev.tare.plan;

import org.jspecify.annotations.NullMarked;
