/**
 * HTTP for whoever asks something of a server: one client with TLS, a proxy, redirects that stay
 * where they may, bounded answers and a minimum rate. What a status means is up to who asks.
 */
@NullMarked
package dev.tare.http;

import org.jspecify.annotations.NullMarked;
