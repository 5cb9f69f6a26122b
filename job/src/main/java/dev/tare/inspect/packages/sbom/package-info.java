/** SBOMs that lie in an image: what their publishers claim of it. */
@NullMarked
package dev.tare.inspect.packages.sbom;

import org.jspecify.annotations.NullMarked;
