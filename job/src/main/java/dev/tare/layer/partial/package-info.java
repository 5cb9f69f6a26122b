/** Layers of which only the files that matter are fetched: eStargz and zstd:chunked. */
@NullMarked
package dev.tare.layer.partial;

import org.jspecify.annotations.NullMarked;
