"""Calling Huiqian from Python: mutual TLS, messages from the descriptors in gen/image.binpb, failures
with their reason, and the one rule for an unknown outcome. Needs python3-grpcio and python3-protobuf;
no generated code.
"""

import time

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

# After these nobody knows whether a command took effect.
UNKNOWN_OUTCOME = {
    grpc.StatusCode.CANCELLED,
    grpc.StatusCode.DEADLINE_EXCEEDED,
    grpc.StatusCode.INTERNAL,
    grpc.StatusCode.UNAVAILABLE,
}
DEADLINE_SECONDS = 10
DETAILS = "grpc-status-details-bin"


class Contracts:
    """The messages and services of an image of descriptors (`buf build --as-file-descriptor-set`)."""

    def __init__(self, image):
        self.pool = descriptor_pool.DescriptorPool()
        files = descriptor_pb2.FileDescriptorSet()
        with open(image, "rb") as file:
            files.ParseFromString(file.read())
        for one in files.file:  # each after those that it imports
            self.pool.Add(one)

    def message(self, name):
        """The class of a message, by its full name."""
        return self._class_of(self.pool.FindMessageTypeByName(name))

    def service(self, channel, name):
        """The calls of a service, by name."""
        return Service(self, channel, self.pool.FindServiceByName(name))

    def _class_of(self, descriptor):
        if hasattr(message_factory, "GetMessageClass"):
            return message_factory.GetMessageClass(descriptor)
        return message_factory.MessageFactory(self.pool).GetPrototype(descriptor)


class Service:
    """`service.GiveOpinion(consultation_id=…)` makes the call with its fields; streams are iterated."""

    def __init__(self, contracts, channel, descriptor):
        for method in descriptor.methods:
            setattr(self, method.name, self._call(contracts, channel, descriptor, method))

    @staticmethod
    def _call(contracts, channel, service, method):
        asks = contracts._class_of(method.input_type)
        answers = contracts._class_of(method.output_type)
        streams = getattr(method, "server_streaming", None)
        if streams is None:  # older protobuf knows it in the file's own words only
            proto = descriptor_pb2.ServiceDescriptorProto()
            service.CopyToProto(proto)
            streams = next(one for one in proto.method if one.name == method.name).server_streaming
        connect = channel.unary_stream if streams else channel.unary_unary
        call = connect(
            f"/{service.full_name}/{method.name}",
            request_serializer=asks.SerializeToString,
            response_deserializer=answers.FromString,
        )
        timeout = None if streams else DEADLINE_SECONDS
        return lambda **fields: call(asks(**fields), timeout=timeout)


def connect(address, ca, cert, key, server_name=None):
    """A channel as whoever the certificate names."""

    def read(path):
        with open(path, "rb") as file:
            return file.read()

    credentials = grpc.ssl_channel_credentials(read(ca), read(key), read(cert))
    # Asking again is done here, by request_id, and not below by chance.
    options = [("grpc.enable_retries", 0), ("grpc.max_reconnect_backoff_ms", 2000)]
    if server_name is not None:
        options.append(("grpc.ssl_target_name_override", server_name))
    return grpc.secure_channel(address, credentials, options)


def ask_again(call, attempts=8):
    """Makes a call again while its outcome is unknown. `call` must carry the same request_id each time.

    Gives the answer and how many attempts it took.
    """
    for made in range(1, attempts + 1):
        try:
            return call(), made
        except grpc.RpcError as error:
            busy = error.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
            if made == attempts or not (busy or error.code() in UNKNOWN_OUTCOME):
                raise
            time.sleep(min(0.1 * 2**made, 5))


def resumed(open_stream):
    """What a stream yields, opened again after each cut; `open_stream` begins after what was seen last."""
    tries = 0
    while True:
        try:
            for one in open_stream():
                tries = 0
                yield one
        except grpc.RpcError as error:
            passing = UNKNOWN_OUTCOME | {grpc.StatusCode.RESOURCE_EXHAUSTED}
            if error.code() not in passing or tries >= 8:
                raise
        tries += 1
        time.sleep(min(0.1 * 2**tries, 5))


def failure(contracts, error):
    """What a failed call says: status, stable reason, article, field and both languages."""
    told = {"status": error.code().name, "reason": "", "article": "", "field": "", "zh": "", "en": error.details()}
    details = dict(error.trailing_metadata() or ()).get(DETAILS)
    if details is None:
        return told
    for one in contracts.message("google.rpc.Status").FromString(details).details:
        name = one.type_url.rsplit("/", 1)[-1]
        message = contracts.message(name).FromString(one.value)
        if name == "google.rpc.ErrorInfo":
            told["reason"] = message.reason
            told["article"] = message.metadata.get("article", "")
        elif name == "google.rpc.LocalizedMessage":
            told["zh" if message.locale == "zh-CN" else "en"] = message.message
        elif name == "google.rpc.BadRequest":
            told["field"] = message.field_violations[0].field
    return told
