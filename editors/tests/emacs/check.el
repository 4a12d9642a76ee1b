;; What must hold in Emacs with eglot: findings, outline, a fix, a rename, and a clean stop.  -*- lexical-binding: t -*-
;; environment: DRAFT, a copy of the annual report that may be changed; INIT, the lines that a user puts into the init file.

;; Debian's packages are not activated in batch mode.
(let ((default-directory "/usr/share/emacs/site-lisp/elpa/"))
  (normal-top-level-add-subdirs-to-load-path))
(require 'cl-lib)
(require 'flymake)
(require 'imenu)
(require 'json)
(require 'markdown-mode)
(setq eglot-sync-connect 10
      eglot-send-changes-idle-time 0.1
      flymake-no-changes-timeout 0.1
      eglot-confirm-server-initiated-edits nil
      create-lockfiles nil
      make-backup-files nil)

(defconst check-timeout 20)

(defun check-wait (what condition)
  "Wait until CONDITION gives non-nil; say that WHAT does not come when it never does."
  (let ((deadline (+ (float-time) check-timeout)) value)
    (while (not (setq value (funcall condition)))
      (when (> (float-time) deadline)
        (error "%s does not come" what))
      (accept-process-output nil 0.05))
    value))

(defun check-severity (diagnostic)
  "The severity of DIAGNOSTIC as eglot shows it, which tells hints and information alike as notes."
  (pcase (flymake-diagnostic-type diagnostic)
    ('eglot-error "error")
    ('eglot-warning "warning")
    (_ "note")))

(defun check-shown ()
  "The findings that are shown, each as severity, line and the text underlined."
  (sort (mapcar (lambda (diagnostic)
                  (let ((beginning (flymake-diagnostic-beg diagnostic)))
                    (format "%s %d %s" (check-severity diagnostic) (line-number-at-pos beginning)
                            (buffer-substring-no-properties beginning (flymake-diagnostic-end diagnostic)))))
                (flymake-diagnostics))
        #'string<))

(defun check-lint ()
  "What the command line finds in the draft's file."
  (with-temp-buffer
    (let ((coding-system-for-read 'utf-8))
      (call-process "jiaogao" nil '(t nil) nil "lint" "--output-format" "json" (getenv "DRAFT")))
    (goto-char (point-min))
    (append (json-parse-buffer) nil)))

(defun check-expected ()
  "The findings of the command line in the saved draft, written as those of `check-shown'."
  (save-buffer)
  (let ((bytes (encode-coding-string (buffer-string) 'utf-8)))
    (sort (mapcar (lambda (finding)
                    (let* ((start (gethash "start" finding))
                           (severity (gethash "severity" finding))
                           (text (substring bytes (gethash "byte" start) (gethash "byte" (gethash "end" finding)))))
                      (format "%s %d %s" (if (member severity '("error" "warning")) severity "note") (gethash "line" start)
                              (decode-coding-string text 'utf-8))))
                  (check-lint))
          #'string<)))

(defun check-same ()
  "Wait until the findings shown are those of the command line, and return them."
  (let ((expected (check-expected)))
    (condition-case nil
        (check-wait "" (lambda () (equal (check-shown) expected)))
      (error (error "findings differ:\nshown %S\nexpected %S" (check-shown) expected)))
    expected))

(defun check-names (index)
  "All names of an imenu INDEX, however deep."
  (cl-loop for (name . below) in index
           collect (substring-no-properties name)
           when (listp below) append (check-names below)))

(defun check-has (text)
  "Whether the draft has TEXT."
  (save-excursion
    (goto-char (point-min))
    (search-forward text nil t)))

(defun check-go-to (text)
  "Go to the first TEXT of the draft."
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun check-choose (text)
  "A replacement of `completing-read' that takes the entry that has TEXT."
  (lambda (_prompt entries &rest _)
    (let ((titles (mapcar (lambda (entry) (if (consp entry) (car entry) entry)) entries)))
      (or (cl-find-if (lambda (title) (string-match-p text title)) titles)
          (error "No such choice in %S" titles)))))

(defvar check-failed 0)

(defmacro check (name &rest body)
  "Run BODY and say how it went under NAME."
  (declare (indent 1))
  `(condition-case reason
       (progn ,@body (princ (format "  ok      %s\n" ,name)))
     (error
      (cl-incf check-failed)
      (princ (format "  FAILED  %s:\n    %s\n" ,name (error-message-string reason))))))

(load (getenv "INIT") nil t)
(find-file (getenv "DRAFT"))
(check "starts by itself when a draft is opened"
  ;; Without a command loop nothing runs the hook that eglot leaves for its end.
  (run-hooks 'post-command-hook)
  (check-wait "the server" #'eglot-managed-p))
(check "shows what the command line finds, with the text under each range"
  (unless (cl-some (lambda (finding) (string-match-p "五是" finding)) (check-same))
    (error "The repeat is not found")))
(check "has the outline of the numbering"
  (let ((names (check-names (funcall imenu-create-index-function))))
    (dolist (start '("一、" "（二）" "一是"))
      (unless (cl-some (lambda (name) (string-prefix-p start name)) names)
        (error "No %s in %S" start names)))))
(check "renumbers the repeated item"
  (check-go-to "五是开展文艺行动")
  ;; As if chosen by a key, since a mouse would bring up a menu.
  (let ((last-nonmenu-event ?\r))
    (cl-letf (((symbol-function 'completing-read) (check-choose "重新编号")))
      (eglot-code-actions (point) (+ 2 (point)) nil t)))
  (check-wait "the new number" (lambda () (check-has "六是开展文艺行动")))
  (check-same))
(check "renames a figure wherever it is mentioned"
  (check-go-to "16.7万亩")
  (eglot-rename "17.6万亩")
  (check-wait "the renamed figure" (lambda () (not (check-has "16.7万亩"))))
  (check-same))
(check "stops cleanly"
  (let ((server (eglot-current-server)))
    (eglot-shutdown server)
    (check-wait "the end of the process" (lambda () (not (jsonrpc-running-p server))))))
(set-buffer-modified-p nil)
(kill-emacs (if (= check-failed 0) 0 1))
