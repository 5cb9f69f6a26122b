package dev.tare.policy;

import dev.tare.finding.Waiver;

/**
 * One line of a waiver file.
 *
 * @param rule identifier or pattern
 * @param image pattern of image names
 */
record WaiverEntry(String rule, String image, Waiver waiver) {}
