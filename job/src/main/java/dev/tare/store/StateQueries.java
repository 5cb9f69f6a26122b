package dev.tare.store;

import dev.tare.error.TareException;
import dev.tare.store.packed.DamagedContent;
import java.time.DateTimeException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Asks the state. A row that is there and cannot be read is {@link DamagedContent}: no value where
 * one must be, a time that is none, a word that none of ours is.
 */
public final class StateQueries {
  private StateQueries() {}

  /** Of a database with the layout of {@link StoreSchema}. */
  public static JdbcClient of(DataSource database) {
    return JdbcClient.create(new NamedParameterJdbcTemplate(new Template(database)));
  }

  /** All that {@link JdbcClient} maps and walks rows with. */
  private static final class Template extends JdbcTemplate {
    Template(DataSource database) {
      super(database);
    }

    @Override
    public <T extends @Nullable Object> List<T> query(
        String sql, RowMapper<T> mapper, @Nullable Object @Nullable ... arguments) {
      return super.query(sql, told(mapper), arguments);
    }

    @Override
    public <T extends @Nullable Object> List<T> query(
        PreparedStatementCreator statement, RowMapper<T> mapper) {
      return super.query(statement, told(mapper));
    }

    @Override
    public <T extends @Nullable Object> Stream<T> queryForStream(
        String sql, RowMapper<T> mapper, @Nullable Object @Nullable ... arguments) {
      return super.queryForStream(sql, told(mapper), arguments);
    }

    @Override
    public <T extends @Nullable Object> Stream<T> queryForStream(
        PreparedStatementCreator statement, RowMapper<T> mapper) {
      return super.queryForStream(statement, told(mapper));
    }

    @Override
    public void query(PreparedStatementCreator statement, RowCallbackHandler handler) {
      RowMapper<Boolean> row =
          told((one, number) -> {
            handler.processRow(one);
            return true;
          });
      super.query(statement, (RowCallbackHandler) one -> row.mapRow(one, 0));
    }

    private static <T extends @Nullable Object> RowMapper<T> told(RowMapper<T> mapper) {
      return (row, number) -> {
        try {
          return mapper.mapRow(row, number);
        } catch (TareException
            | NullPointerException
            | NoSuchElementException
            | IllegalArgumentException
            | DateTimeException
            | IndexOutOfBoundsException e) {
          throw new DamagedContent(e);
        }
      };
    }
  }
}
