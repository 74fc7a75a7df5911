/** A refusal of SQS, in the words and with the codes that its clients know. */
export type SqsFailure = {
  /** The shape's name in the service model. */
  type: string;
  /** The code of the older query protocol, which the SDKs still show. */
  code: string;
  message: string;
};

export type SqsResult = { kind: "done"; body: unknown } | { kind: "refused"; failure: SqsFailure };

export const queueDoesNotExist: SqsFailure = {
  type: "com.amazonaws.sqs#QueueDoesNotExist",
  code: "AWS.SimpleQueueService.NonExistentQueue",
  message: "The specified queue does not exist.",
};

export const invalidValue = (message: string): SqsFailure => ({
  type: "com.amazonaws.sqs#InvalidParameterValueException",
  code: "InvalidParameterValue",
  message,
});

export const missing = (parameter: string): SqsFailure => ({
  type: "com.amazonaws.sqs#MissingRequiredParameterException",
  code: "MissingParameter",
  message: `The request must contain the parameter ${parameter}.`,
});

export const invalidReceipt = (receipt: string): SqsFailure => ({
  type: "com.amazonaws.sqs#ReceiptHandleIsInvalid",
  code: "ReceiptHandleIsInvalid",
  message: `The input receipt handle "${receipt}" is not a valid receipt handle.`,
});

export const notInFlight: SqsFailure = {
  type: "com.amazonaws.sqs#MessageNotInflight",
  code: "AWS.SimpleQueueService.MessageNotInflight",
  message: "The message referred to is not in flight.",
};

export const invalidContents: SqsFailure = {
  type: "com.amazonaws.sqs#InvalidMessageContents",
  code: "InvalidMessageContents",
  message:
    "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF",
};

/** A refusal of a whole batch. */
export const batchFailure = (name: string, message: string): SqsFailure => ({
  type: `com.amazonaws.sqs#${name}`,
  code: `AWS.SimpleQueueService.${name}`,
  message,
});

export const unsupported = (message: string): SqsFailure => ({
  type: "com.amazonaws.sqs#UnsupportedOperation",
  code: "AWS.SimpleQueueService.UnsupportedOperation",
  message,
});
