package dev.tare.store;

import org.jspecify.annotations.Nullable;

/**
 * The outcomes of an image before waivers, as they are stored.
 *
 * @param id of the content
 * @param others deflated outcomes that differ from that, by position; null where none does
 * @param verdict its word
 * @param findings JSON object: severity to number
 */
public record KeptOutcomes(
    long id, byte @Nullable [] others, String verdict, String findings) {}
