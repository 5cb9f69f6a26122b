/**
 * Judges facts by Rego compiled to WebAssembly, and knows the rules, their settings and their
 * documentation.
 */
@NullMarked
package dev.tare.policy;

import org.jspecify.annotations.NullMarked;
