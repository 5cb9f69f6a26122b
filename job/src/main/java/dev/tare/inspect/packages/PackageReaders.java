package dev.tare.inspect.packages;

import dev.tare.inspect.packages.apk.ApkReader;
import dev.tare.inspect.packages.chisel.ChiselReader;
import dev.tare.inspect.packages.conda.CondaReader;
import dev.tare.inspect.packages.dpkg.DpkgReader;
import dev.tare.inspect.packages.go.GoReader;
import dev.tare.inspect.packages.homebrew.HomebrewReader;
import dev.tare.inspect.packages.java.JavaReader;
import dev.tare.inspect.packages.node.NodeReader;
import dev.tare.inspect.packages.opkg.OpkgReader;
import dev.tare.inspect.packages.pacman.PacmanReader;
import dev.tare.inspect.packages.portage.PortageReader;
import dev.tare.inspect.packages.python.PythonReader;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.packages.rpm.RpmReader;
import dev.tare.inspect.packages.ruby.RubyReader;
import dev.tare.inspect.packages.rust.RustReader;
import dev.tare.inspect.packages.sbom.SbomReader;
import dev.tare.oci.Glob;
import java.util.List;

/** The package managers: this list is all that changes where one is added. */
public final class PackageReaders {
  /** Of two that name the same package or want the same file, the first counts. */
  public static final List<PackageReader> ALL =
      List.of(
          new ApkReader(),
          new DpkgReader(),
          new RpmReader(),
          new ChiselReader(),
          new PacmanReader(),
          new OpkgReader(),
          new PortageReader(),
          new CondaReader(),
          new HomebrewReader(),
          new JavaReader(),
          new PythonReader(),
          new NodeReader(),
          new RubyReader(),
          new GoReader(),
          new RustReader(),
          new SbomReader());

  private PackageReaders() {}

  /** The same, where somebody vouches for the SBOMs at these paths in images. */
  public static List<PackageReader> trusting(List<Glob> sboms) {
    return ALL.stream()
        .map(reader -> reader instanceof SbomReader ? new SbomReader(sboms) : reader)
        .toList();
  }
}
