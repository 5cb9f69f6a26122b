package dev.tare.batch;

import dev.tare.batch.list.AttachmentTags;
import dev.tare.batch.list.RepositoryItem;
import dev.tare.batch.list.RepositoryLister;
import dev.tare.finding.NotInspected;
import dev.tare.lineage.LearnedBase;
import dev.tare.oci.ImageConfig;
import dev.tare.registry.ImageSource;
import dev.tare.registry.Target;
import dev.tare.registry.TargetEnumeration;
import dev.tare.store.ListedImage;
import dev.tare.store.RepositoryListing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/** Learns what images are to be recognised as bases by. */
public final class BaseLearning {
  private final JobParts parts;

  BaseLearning(JobParts parts) {
    this.parts = parts;
  }

  /** What a later scan has to know of these images to recognise them as bases; reads no layer. */
  public LearnedBases learn(ScanRequest request) {
    List<LearnedBase> bases = new ArrayList<>();
    List<NotInspected> problems = new ArrayList<>();
    try (ExecutorService lookups = parts.lookups(1)) {
      RepositoryLister lister = parts.lister(request, lookups, new AttachmentTags());
      for (Target target : request.targets()) {
        ImageSource source = parts.sources().of(target.registry());
        TargetEnumeration enumeration = new TargetEnumeration(source, request.filter());
        enumeration
            .repositories(target)
            .forEachRemaining(repository -> {
              RepositoryListing listing =
                  lister.list(
                      new RepositoryItem(
                          source, enumeration, repository, List.of(target), true, Set.of()));
              listing.images().forEach(image -> bases.add(learned(image)));
              problems.addAll(listing.notInspected());
            });
      }
    }
    return new LearnedBases(bases, problems);
  }

  private LearnedBase learned(ListedImage image) {
    String repository = image.registry() + "/" + image.repository();
    return new LearnedBase(
        image.tags().isEmpty()
            ? List.of(repository + "@" + image.digest())
            : image.tags().stream().map(tag -> repository + ":" + tag).toList(),
        image.digest(),
        image.indexDigest(),
        image.platform(),
        parts
            .stores()
            .documents()
            .find(image.configDigest())
            .map(config -> ImageConfig.parse(config.content()).created())
            .orElse(null),
        image.diffIds());
  }
}
