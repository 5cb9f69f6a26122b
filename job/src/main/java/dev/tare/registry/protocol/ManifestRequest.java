package dev.tare.registry.protocol;

import dev.tare.oci.MediaTypes;
import dev.tare.oci.Reference;
import dev.tare.registry.wire.RepositoryScope;
import dev.tare.registry.wire.Request;
import java.util.List;

/** What asking for a manifest and asking about it have in common. */
interface ManifestRequest extends Request {
  /** All four: a registry that is asked for fewer converts the manifest, or says it has none. */
  List<String> ACCEPTED =
      List.of(
          MediaTypes.OCI_MANIFEST,
          MediaTypes.OCI_INDEX,
          MediaTypes.DOCKER_MANIFEST,
          MediaTypes.DOCKER_MANIFEST_LIST);

  /** The image it is about. */
  Reference image();

  @Override
  default String target() {
    return "/v2/" + image().repository() + "/manifests/" + image().selector();
  }

  @Override
  default List<String> accept() {
    return ACCEPTED;
  }

  @Override
  default String scope() {
    return RepositoryScope.pull(image().repository());
  }

  @Override
  default String repository() {
    return image().repository();
  }
}
