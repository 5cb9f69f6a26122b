/**
 * The facts of an image as code reads them: the names of facts, which of them come from layers, and
 * one lenient reader of the stored document.
 */
@NullMarked
package dev.tare.facts;

import org.jspecify.annotations.NullMarked;
