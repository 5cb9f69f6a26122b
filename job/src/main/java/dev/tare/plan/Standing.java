package dev.tare.plan;

/**
 * What an image has of a base.
 *
 * @param digest of the base for the image's platform; empty where it is not known
 * @param layers how many of the image's layers the base brought
 */
record Standing(String digest, int layers) {}
