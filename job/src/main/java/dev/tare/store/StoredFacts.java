package dev.tare.store;

/**
 * The facts of a described image, by number.
 *
 * @param factsId equal for equal facts, whatever the time
 * @param moment what of them the clock alone changes
 */
public record StoredFacts(long imageId, long factsId, String moment) {}
