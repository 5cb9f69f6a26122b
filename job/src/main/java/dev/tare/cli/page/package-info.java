/** What commands print: pages and tables. */
@NullMarked
package dev.tare.cli.page;

import org.jspecify.annotations.NullMarked;
