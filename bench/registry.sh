# A registry for benches, and what pushes to it. To be sourced, with $work, $port and $registry set; a layer is named by the files
# NAME.tar.gz, NAME.digest and NAME.diffid.

upload() { # FILE DIGEST
  location=$(curl -fsS -D - -o /dev/null -X POST "http://$registry/v2/bench/app/blobs/uploads/" |
    tr -d '\r' | sed -n 's/^[Ll]ocation: //p')
  curl -fsS -X PUT -H 'Content-Type: application/octet-stream' --upload-file "$1" "$location&digest=sha256:$2"
}

push_image() { # TAG LAYER...
  tag=$1
  shift
  diffs='' descriptors=''
  for layer; do
    diffs="$diffs,\"sha256:$(cat "$layer.diffid")\""
    descriptors="$descriptors,{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar+gzip\",\"digest\":\"sha256:$(cat "$layer.digest")\",\"size\":$(wc -c <"$layer.tar.gz")}"
  done
  config=$work/config.json
  printf '{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[%s]}}' "${diffs#,}" >"$config"
  digest=$(sha256sum <"$config" | cut -c1-64)
  upload "$config" "$digest"
  printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:%s","size":%s},"layers":[%s]}' \
    "$digest" "$(wc -c <"$config")" "${descriptors#,}" |
    curl -fsS -X PUT -H 'Content-Type: application/vnd.oci.image.manifest.v1+json' --data-binary @- \
      "http://$registry/v2/bench/app/manifests/$tag"
}

start_registry() {
  ! curl -s -o /dev/null "http://$registry/v2/" || { echo "bench: something answers at $registry already; set TARE_BENCH_PORT" >&2; exit 2; }
  printf 'version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\nstorage: {filesystem: {rootdirectory: %s}}\nhttp: {addr: "127.0.0.1:%s"}\n' \
    "$work/registry" "$port" >"$work/registry.yml"
  docker-registry serve "$work/registry.yml" >"$work/registry.log" 2>&1 &
  server=$!
  trap 'kill "$server"' EXIT
  trap 'exit 130' INT TERM
  until curl -fs -o /dev/null "http://$registry/v2/"; do
    kill -0 "$server" 2>/dev/null || { cat "$work/registry.log" >&2; exit 2; }
    sleep 0.1
  done
}
