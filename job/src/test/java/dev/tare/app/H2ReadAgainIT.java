package dev.tare.app;

import java.nio.file.Path;

class H2ReadAgainIT extends ReadAgainContract {
  @Override
  String newState(int number, Path directory) {
    return directory.resolve("state").toString();
  }
}
